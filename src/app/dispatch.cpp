#include "app/dispatch.hpp"

#include "aws/files.hpp"
#include "net/respond.hpp"
#include "oauth/errors.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <utility>

namespace symbolon::app {

namespace {

constexpr std::array<std::string_view, 3> service_paths{"/healthz", "/readyz", "/metrics"};

bool is_service_path(std::string_view path) {
    return std::find(service_paths.begin(), service_paths.end(), path) != service_paths.end();
}

bool is_api_call(const net::Request& request) {
    if (aws::is_file_path(request.path)) return true;
    return request.path == "/" && (request.method == net::Method::post || request.method == net::Method::options);
}

/// RFC 8414 §3.1 puts the well-known part before the issuer's path, OpenID Connect Discovery §4 behind it: the first is
/// answered as if the second had been asked for.
std::string with_wellknown_behind(std::string_view path) {
    for (const std::string_view document :
         {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"}) {
        if (path.starts_with(document) && path.size() > document.size() + 1 && path[document.size()] == '/') {
            return std::string(path.substr(document.size())) + std::string(document);
        }
    }
    return std::string(path);
}

net::Response not_found() {
    return net::json(404, boost::json::object{{"message", "Nothing is here."}});
}

}  // namespace

Task<net::Response> Dispatch::serve(net::Request request) {
    const auto began = std::chrono::steady_clock::now();
    auto answered = co_await answer(std::move(request));
    doors_.metrics.count(answered.door, answered.response.status, std::chrono::steady_clock::now() - began);
    co_return std::move(answered.response);
}

Task<Dispatch::Answer> Dispatch::answer(net::Request request) {
    if (is_service_path(request.path)) {
        auto response = co_await service(request.path);
        co_return Answer{std::move(response), "service"};
    }
    std::optional<oauth::Sites::Found> found;
    std::optional<Error> failure;
    try {
        auto path = with_wellknown_behind(request.path);
        found = co_await doors_.sites.find(request.host, std::move(path));
    } catch (const Error& error) {
        failure = error;
    }
    if (failure && !is_api_call(request)) co_return refuse(std::move(request), *failure);
    if (found && doors_.endpoints.knows(found->path)) {
        auto response =
            co_await doors_.endpoints.serve(std::move(found->site), std::move(request), std::move(found->path));
        co_return Answer{std::move(response), "oauth"};
    }
    if (found) {
        auto response = co_await doors_.pages.serve(std::move(found->site), std::move(request), std::move(found->path));
        co_return Answer{std::move(response), "pages"};
    }
    if (is_api_call(request)) {
        auto response = co_await doors_.api.serve(std::move(request));
        co_return Answer{std::move(response), "api"};
    }
    co_return Answer{not_found(), "service"};
}

/// For when the database does not say whose site it is: the door that the path leads to says so in its own way.
Dispatch::Answer Dispatch::refuse(net::Request request, const Error& error) {
    for (auto& [site, path] : doors_.sites.guess(with_wellknown_behind(request.path))) {
        if (doors_.endpoints.knows(path)) return {oauth::Endpoints::refuse(site, request, path, error), "oauth"};
        if (!pages::Pages::knows(path)) continue;
        return {pages::Pages::refuse(std::move(site), std::move(request), std::move(path), error), "pages"};
    }
    const boost::json::object body{{"message", "The server cannot answer now."}};
    return {net::json(oauth::to_wire(error.code).status, body), "service"};
}

Task<net::Response> Dispatch::service(std::string path) {
    if (path == "/healthz") co_return net::text(200, "ok\n");
    if (path == "/metrics") {
        auto response = net::text(200, doors_.metrics.expose(doors_.server_counters(), doors_.db.counters()));
        response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        co_return response;
    }
    const bool healthy = co_await doors_.db.healthy();
    co_return healthy ? net::text(200, "ready\n") : net::text(503, "the database does not answer\n");
}

}  // namespace symbolon::app
