#include "net/router.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace symbolon::net {
namespace {

/// Takes the first segment off a path that begins with '/'.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

/// A decoded parameter. An encoded slash or NUL would mean one thing here and another in what the value is used for.
std::optional<std::string> decode(std::string_view raw, bool slashes) {
    auto text = percent_decode(raw);
    if (!text || text->find('\0') != std::string::npos) return std::nullopt;
    const auto wanted = slashes ? std::count(raw.begin(), raw.end(), '/') : 0;
    if (std::count(text->begin(), text->end(), '/') != wanted) return std::nullopt;
    return text;
}

/// HEAD is GET without the body (RFC 9110 §9.3.2).
bool serves(Method route, Method asked) {
    return route == asked || (route == Method::get && asked == Method::head);
}

void append_method(std::string& allow, std::string_view name) {
    if (allow.find(name) != std::string::npos) return;
    if (!allow.empty()) allow += ", ";
    allow += name;
}

Task<Response> refuse_method(std::string allow) {
    Response response;
    response.status = 405;
    response.headers.add("Allow", std::move(allow));
    co_return response;
}

}  // namespace

std::vector<Router::Segment> Router::parse_pattern(std::string_view pattern) {
    if (!pattern.starts_with('/')) throw std::logic_error("a route begins with '/': " + std::string(pattern));
    std::vector<Segment> segments;
    for (auto left = pattern; !left.empty();) {
        auto text = take_segment(left);
        if (!text.starts_with('{')) {
            segments.push_back({Segment::Kind::literal, std::string(text)});
            continue;
        }
        if (!text.ends_with('}')) throw std::logic_error("a route with a broken {name}: " + std::string(pattern));
        text = text.substr(1, text.size() - 2);
        const bool rest = text.ends_with("...");
        if (rest) text.remove_suffix(3);
        if (text.empty() || (rest && !left.empty())) {
            throw std::logic_error("a route with a broken {name}: " + std::string(pattern));
        }
        segments.push_back({rest ? Segment::Kind::rest : Segment::Kind::name, std::string(text)});
    }
    return segments;
}

void Router::add(Method method, std::string pattern, RouteHandler handler) {
    for (const auto& route : routes_) {
        if (route.method == method && route.pattern == pattern) throw std::logic_error("a route twice: " + pattern);
    }
    Route route{method, pattern, parse_pattern(pattern), std::move(handler)};
    const auto more_literal = [](const Route& a, const Route& b) {
        return std::lexicographical_compare(a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
                                            [](const Segment& x, const Segment& y) { return x.kind < y.kind; });
    };
    const auto place = std::upper_bound(routes_.begin(), routes_.end(), route, more_literal);
    routes_.insert(place, std::move(route));
}

bool Router::matches(const Route& route, std::string_view path, PathParameters* parameters) {
    for (const auto& segment : route.segments) {
        if (path.empty()) return false;
        if (segment.kind == Segment::Kind::rest) {
            auto value = decode(path.substr(1), true);
            if (value && parameters) parameters->insert_or_assign(segment.text, std::move(*value));
            return value.has_value();
        }
        const auto raw = take_segment(path);
        if (segment.kind == Segment::Kind::literal) {
            if (raw != segment.text) return false;
            continue;
        }
        auto value = raw.empty() ? std::nullopt : decode(raw, false);
        if (!value) return false;
        if (parameters) parameters->insert_or_assign(segment.text, std::move(*value));
    }
    return path.empty();
}

Router::Match Router::find_route(Method method, std::string_view path) const {
    Match match;
    if (!path.starts_with('/')) return match;
    for (const auto& route : routes_) {
        if (!matches(route, path, nullptr)) continue;
        if (serves(route.method, method)) {
            matches(route, path, &match.parameters);
            match.route = &route;
            return match;
        }
        append_method(match.allow, to_text(route.method));
        if (route.method == Method::get) append_method(match.allow, to_text(Method::head));
    }
    return match;
}

std::optional<Task<Response>> Router::find(const Request& request, std::string_view path) const {
    auto match = find_route(request.method, path);
    if (match.route) return match.route->handler(request, std::move(match.parameters));
    if (!match.allow.empty()) return refuse_method(std::move(match.allow));
    return std::nullopt;
}

std::optional<Task<Response>> Router::find(Request&& request, std::string_view path) const {
    auto match = find_route(request.method, path);
    if (match.route) return match.route->handler(std::move(request), std::move(match.parameters));
    if (!match.allow.empty()) return refuse_method(std::move(match.allow));
    return std::nullopt;
}

bool Router::knows(std::string_view path) const {
    return path.starts_with('/') && std::any_of(routes_.begin(), routes_.end(),
                                                [&](const Route& route) { return matches(route, path, nullptr); });
}

std::vector<std::string> Router::list() const {
    std::vector<std::string> names;
    for (const auto& route : routes_) names.push_back(std::string(to_text(route.method)) + ' ' + route.pattern);
    return names;
}

}  // namespace symbolon::net
