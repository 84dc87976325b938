#include "symbolon/skill/trust_profile.hpp"

#include "chain_url.hpp"

#include "net/http.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace symbolon::skill {
namespace {

constexpr std::string_view amazon_host = "s3.amazonaws.com";
constexpr std::string_view amazon_name = "echo-api.amazon.com";

bool names(const std::vector<std::string>& list, std::string_view wanted) {
    return std::ranges::any_of(list, [&](const std::string& entry) { return net::equal_without_case(entry, wanted); });
}

void check_local(const TrustRules& rules) {
    if (rules.hosts.empty() || rules.ports.empty() || rules.names.empty() || rules.roots_pem.empty()) {
        throw std::invalid_argument("a local trust profile needs a host, a port, a certificate name and a root");
    }
    if (!rules.path_prefix.starts_with('/') || !rules.path_prefix.ends_with('/')) {
        throw std::invalid_argument("the path prefix of a trust profile begins and ends with '/'");
    }
    if (rules.tolerance < std::chrono::seconds{0} || rules.tolerance > max_tolerance) {
        throw std::invalid_argument("the tolerance of a trust profile is between 0 and 150 seconds");
    }
    if (names(rules.hosts, amazon_host) || names(rules.names, amazon_name)) {
        throw std::invalid_argument("a local trust profile may not use the platform's host or certificate name");
    }
}

}  // namespace

TrustRules TrustRules::at(std::string_view url_prefix) {
    const auto url = ChainUrl::parse(url_prefix);
    if (!url)
        throw std::invalid_argument("not the URL of a folder with certificate chains: " + std::string(url_prefix));
    TrustRules rules;
    rules.scheme = url->scheme;
    rules.hosts = {url->host};
    rules.ports = {url->port};
    rules.path_prefix = url->path.ends_with('/') ? url->path : url->path + "/";
    return rules;
}

TrustProfile::TrustProfile(TrustRules rules, bool amazon) : rules_(std::move(rules)), amazon_(amazon) {}

const TrustProfile& TrustProfile::amazon() {
    static const TrustProfile profile({.hosts = {std::string(amazon_host)},
                                       .path_prefix = "/echo.api/",
                                       .ports = {443},
                                       .names = {std::string(amazon_name)}},
                                      true);
    return profile;
}

TrustProfile TrustProfile::local(TrustRules rules) {
    check_local(rules);
    return {std::move(rules), false};
}

}  // namespace symbolon::skill
