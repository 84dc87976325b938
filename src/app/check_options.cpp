#include "app/check_options.hpp"

#include "app/listeners.hpp"
#include "base/error.hpp"
#include "directory/pool_extensions.hpp"
#include "net/origin.hpp"

#include <algorithm>
#include <string_view>

namespace symbolon::app {

namespace {

constexpr std::size_t longest_region = 32;

void need(bool good, const std::string& message) {
    if (!good) throw Error(Errc::invalid_parameter, message);
}

/// Issuers and addresses in mails begin with it.
void check_base_url(std::string_view url) {
    if (url.empty()) return;
    const bool web = url.starts_with("https://") || url.starts_with("http://");
    const bool plain = std::none_of(url.begin(), url.end(), [](char c) {
        return c <= ' ' || c == 0x7F || std::string_view("?#@\\\"<>").find(c) != std::string_view::npos;
    });
    need(web && plain && !net::authority_of(url).empty(),
         "--base-url: an http or https URL without query, such as https://id.example.com, not " + std::string(url));
}

void check_region(std::string_view region) {
    const bool good = std::all_of(region.begin(), region.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
    need(good && !region.empty() && region.size() <= longest_region,
         "--region: letters, digits and hyphens, such as us-east-1, not " + std::string(region));
}

}  // namespace

void check_options(const ServeOptions& options) {
    server_options(options);
    check_base_url(options.base_url);
    check_region(options.region);
    need(options.domain_host.empty() || options.domain_host.find("{domain}") != std::string::npos,
         "--domain-host: a host with {domain} in it, such as {domain}.auth.example.com, not " + options.domain_host);
    for (const auto& prefix : options.sms_prefixes)
        need(directory::is_phone_prefix(prefix),
             "--sms-prefixes: what E.164 numbers begin with, such as +44, not " + prefix);
}

void check_options(const AssistantOptions& options) {
    parse_address(options.listen);
    check_base_url(options.base_url);
}

}  // namespace symbolon::app
