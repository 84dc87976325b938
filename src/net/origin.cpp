#include "net/origin.hpp"

#include <algorithm>

namespace symbolon::net {
namespace {

constexpr std::string_view scheme_end = "://";

std::optional<Address> parse_host(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return Address::parse(host);
}

bool is_loopback(const Address& address) {
    static const auto v4 = AddressBlock::parse("127.0.0.0/8");
    static const auto v6 = AddressBlock::parse("::1");
    return v4->contains(address) || v6->contains(address);
}

bool is_any(const std::optional<Address>& address) {
    return address == Address::parse("0.0.0.0") || address == Address::parse("::");
}

}  // namespace

std::string_view without_port(std::string_view authority) {
    const auto colon = authority.rfind(':');
    if (colon == std::string_view::npos || authority.find(']', colon) != std::string_view::npos) return authority;
    if (authority.find_first_not_of("0123456789", colon + 1) != std::string_view::npos) return authority;
    return authority.substr(0, colon);
}

std::string_view authority_of(std::string_view url) {
    const auto scheme = url.find(scheme_end);
    if (scheme != std::string_view::npos) url.remove_prefix(scheme + scheme_end.size());
    return url.substr(0, url.find_first_of("/?#"));
}

std::string origin_of(std::string_view url) {
    const auto authority = authority_of(url);
    const auto end = static_cast<std::size_t>(authority.data() + authority.size() - url.data());
    return to_lower(url.substr(0, end));
}

bool is_from_another_origin(const Request& request) {
    const auto site = request.headers.find("Sec-Fetch-Site");
    return site && *site != "same-origin" && *site != "none";
}

bool names_another_origin(const Request& request, const std::vector<std::string>& own) {
    const auto origin = request.headers.find("Origin");
    return origin && std::find(own.begin(), own.end(), *origin) == own.end();
}

bool accepts_html(const Request& request) {
    return to_lower(request.headers.find("Accept").value_or("")).find("text/html") != std::string::npos;
}

OwnHosts::OwnHosts(std::string_view listen, std::string_view base_url)
    : public_host_(to_lower(without_port(authority_of(base_url)))),
      listen_(Address::parse(listen)),
      any_address_(is_any(listen_)) {}

bool OwnHosts::contains(std::string_view authority) const {
    const auto host = without_port(authority);
    if (host == "localhost" || host == public_host_) return true;
    const auto address = parse_host(host);
    return address && (any_address_ || is_loopback(*address) || address == listen_);
}

}  // namespace symbolon::net
