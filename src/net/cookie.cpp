#include "net/cookie.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace symbolon::net {
namespace {

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != std::string_view::npos;
    });
}

/// cookie-octet of RFC 6265 §4.1.1.
bool is_cookie_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != ',' && c != ';' && c != '\\'; });
}

bool is_path(std::string_view text) {
    return text.starts_with('/') &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f' && c != ';'; });
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// What a browser would drop or read as an attribute is a mistake of ours, found here and not in the browser.
void check_cookie(const Cookie& cookie) {
    if (!is_token(cookie.name)) throw Error{Errc::internal, {}, "cookie with a name that is no token"};
    if (!is_cookie_value(cookie.value)) throw Error{Errc::internal, {}, "cookie value needs encoding: " + cookie.name};
    if (!is_path(cookie.path)) throw Error{Errc::internal, {}, "cookie with a broken path: " + cookie.name};
    if (cookie.name.starts_with("__Host-") && (!cookie.secure || cookie.path != "/")) {
        throw Error{Errc::internal, {}, "a __Host- cookie is secure and has the path /: " + cookie.name};
    }
    if (cookie.name.starts_with("__Secure-") && !cookie.secure) {
        throw Error{Errc::internal, {}, "a __Secure- cookie is secure: " + cookie.name};
    }
}

std::optional<std::string> find_in(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const auto end = header.find(';');
        const auto pair = header.substr(0, end);
        header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        if (trim(pair.substr(0, equals)) == name) return std::string(trim(pair.substr(equals + 1)));
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> find_cookie(const Request& request, std::string_view name) {
    for (const auto& [field, value] : request.headers) {
        if (!equal_without_case(field, "Cookie")) continue;
        if (auto found = find_in(value, name)) return found;
    }
    return std::nullopt;
}

void set_cookie(Response& response, const Cookie& cookie) {
    check_cookie(cookie);
    std::string text = cookie.name + '=' + cookie.value + "; Path=" + cookie.path;
    if (cookie.max_age) {
        text += "; Max-Age=" + std::to_string(cookie.max_age->count());
        if (cookie.max_age->count() <= 0) text += "; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    }
    text += "; HttpOnly";
    if (cookie.secure) text += "; Secure";
    if (cookie.cross_site) {
        // Browsers take SameSite=None from secure sites only; what says nothing still comes along for two minutes.
        if (cookie.secure) text += "; SameSite=None";
    } else {
        text += cookie.same_site_strict ? "; SameSite=Strict" : "; SameSite=Lax";
    }
    response.headers.add("Set-Cookie", std::move(text));
}

void clear_cookie(Response& response, Cookie cookie) {
    cookie.value.clear();
    cookie.max_age = std::chrono::seconds{0};
    set_cookie(response, cookie);
}

}  // namespace symbolon::net
