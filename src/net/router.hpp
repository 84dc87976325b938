#pragma once

#include "net/http.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::net {

/// The decoded values of a route's {names}.
using PathParameters = std::map<std::string, std::string, std::less<>>;
using RouteHandler = std::function<Task<Response>(Request, PathParameters)>;

/// A table of routes. A pattern is a path whose segments are literal or `{name}` (one segment, decoded, never empty,
/// never with a slash or NUL in it); `{name...}` as the last segment takes the rest, which may be empty. Literal
/// segments match byte for byte before decoding. Among the patterns that fit path and method the most literal one wins,
/// judged from the left. HEAD is served by GET's handler (the server leaves the body out, so that Content-Length stays
/// true). Threads: any, once every route is added.
class Router {
public:
    /// Fails: std::logic_error for a pattern that is malformed or there already (a mistake in the program).
    void add(Method method, std::string pattern, RouteHandler handler);

    /// The route's answer; 405 with Allow when only the method does not fit; nothing when no pattern fits.
    /// `path` is what is matched (request.path, or what remains of it behind a prefix).
    std::optional<Task<Response>> find(const Request& request, std::string_view path) const;
    /// The same without copying the request, which is left alone when nothing fits. `path` may point into it.
    std::optional<Task<Response>> find(Request&& request, std::string_view path) const;
    /// True when some pattern matches `path` whatever the method.
    bool knows(std::string_view path) const;
    /// "METHOD pattern" of every route, for tests that walk them all.
    std::vector<std::string> list() const;

private:
    struct Segment {
        enum class Kind { literal, name, rest };  ///< in the order of preference
        Kind kind;
        std::string text;  ///< the literal bytes, or the name
    };
    struct Route {
        Method method;
        std::string pattern;
        std::vector<Segment> segments;
        RouteHandler handler;
    };
    struct Match {
        const Route* route = nullptr;
        std::string allow;  ///< the methods of the patterns that fit, when none fits with the method
        PathParameters parameters;
    };

    static std::vector<Segment> parse_pattern(std::string_view pattern);
    static bool matches(const Route& route, std::string_view path, PathParameters* parameters);
    Match find_route(Method method, std::string_view path) const;

    std::vector<Route> routes_;  ///< the most literal first
};

}  // namespace symbolon::net
