#pragma once

#include "net/http.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::net {

/// The decoded values of a route's {names}.
using PathParameters = std::map<std::string, std::string, std::less<>>;
using RouteHandler = std::function<Task<Response>(Request, PathParameters)>;

/// A table of routes. A pattern is a path whose segments are literal or `{name}` (one segment, decoded, never empty,
/// never with a slash or NUL in it); `{name...}` as the last segment takes the rest. Literal segments match byte for
/// byte before decoding; the most literal pattern wins. HEAD is served by GET's handler with the body left out.
class Router {
public:
    void add(Method method, std::string pattern, RouteHandler handler);

    /// The route's answer; 405 with Allow when only the method does not fit; nothing when no pattern fits.
    /// `path` is what is matched (request.path, or what remains of it behind a prefix).
    std::optional<Task<Response>> find(const Request& request, std::string_view path) const;
    /// True when some pattern matches `path` whatever the method.
    bool knows(std::string_view path) const;
    /// "METHOD pattern" of every route, for tests that walk them all.
    std::vector<std::string> list() const;

private:
    struct Route {
        Method method;
        std::string pattern;
        std::vector<std::string> segments;
        RouteHandler handler;
    };
    std::vector<Route> routes_;
};

}  // namespace symbolon::net
