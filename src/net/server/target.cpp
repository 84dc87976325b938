#include "net/server/target.hpp"

#include "net/address.hpp"

#include <algorithm>

namespace symbolon::net {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_name_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

/// The parser lets every visible byte through; a URI has no '#' on the wire and no byte beyond ASCII (RFC 3986 §2).
bool is_target(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
}

/// Takes "http://authority" off an absolute-form target; what is left is the origin form.
bool take_authority(std::string_view& target, std::string_view host) {
    const auto colon = target.find("://");
    if (colon == std::string_view::npos) return false;
    const auto scheme = target.substr(0, colon);
    if (!equal_without_case(scheme, "http") && !equal_without_case(scheme, "https")) return false;
    target.remove_prefix(colon + 3);
    const auto authority = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(authority.size());
    return is_authority(authority) && equal_without_case(authority, host);
}

}  // namespace

bool is_authority(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return false;
        const auto inside = text.substr(1, close - 1);
        if (inside.find(':') == std::string_view::npos || !Address::parse(inside)) return false;
        const auto rest = text.substr(close + 1);
        return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
    }
    const auto colon = text.find(':');
    const auto name = text.substr(0, colon);
    if (name.empty() || name.size() > 253 || !std::all_of(name.begin(), name.end(), is_name_character)) return false;
    return colon == std::string_view::npos || is_port(text.substr(colon + 1));
}

bool resolve_target(Request& request) {
    std::string_view target = request.target;
    if (!is_target(target)) return false;
    if (target == "*") {
        request.path = request.target;
        return request.method == Method::options;
    }
    if (!target.starts_with('/') && !take_authority(target, request.host)) return false;
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (request.path.empty()) request.path.assign(1, '/');
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    return true;
}

}  // namespace symbolon::net
