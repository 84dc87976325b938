#pragma once

#include "base/error.hpp"
#include "net/http.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/endpoints/refusals.hpp"

#include <chrono>
#include <string_view>

namespace symbolon::oauth {

/// One endpoint: where it is, who may ask, how it answers and how it refuses.
struct Route {
    std::string_view path;
    std::string_view methods;  ///< as the Allow header has them
    Task<net::Response> (*serve)(Doors&, Site, net::Request);
    net::Response (*refuse)(const Error&, const Asked&);
    bool cross_origin;          ///< scripts of any origin may read the answer
    std::chrono::seconds keep;  ///< how long others may keep the answer; 0: not at all

    bool allows(net::Method method) const;
};

/// Null for a path that is not answered here. Paths match byte for byte.
const Route* find_route(std::string_view path);

}  // namespace symbolon::oauth
