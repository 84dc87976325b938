#pragma once

#include "net/http.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::net {

/// One cookie to set (RFC 6265 §4.1). Always HttpOnly, always host-only.
struct Cookie {
    std::string name;
    std::string value;
    std::string path = "/";
    std::optional<std::chrono::seconds> max_age = {};  ///< absent: a session cookie
    bool secure = true;
    bool same_site_strict = false;  ///< otherwise Lax
    bool cross_site = false;  ///< comes along with a form of another site; without `secure` as far as browsers let it
};

/// The value of the named cookie of a request; nothing when absent. When a name is sent twice the first wins.
std::optional<std::string> find_cookie(const Request& request, std::string_view name);
void set_cookie(Response& response, const Cookie& cookie);
/// Tells the browser to forget it; path and secure must be those it was set with.
void clear_cookie(Response& response, Cookie cookie);

}  // namespace symbolon::net
