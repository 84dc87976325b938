#include "oauth/endpoints.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/endpoints/refusals.hpp"
#include "oauth/endpoints/routes.hpp"
#include "oauth/security_profile.hpp"

#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace symbolon::oauth {
namespace {

/// Headers of every answer (§1.1). What is answered here is nobody's to keep, but for the public documents.
void add_common_headers(net::Response& response, const Route& route, const std::string& request_id, bool secure) {
    auto& headers = response.headers;
    headers.reserve(headers.size() + 10);
    headers.add("x-amz-cognito-request-id", request_id);
    headers.add("X-Content-Type-Options", "nosniff");
    headers.add("X-Frame-Options", "DENY");
    headers.add("X-XSS-Protection", "1; mode=block");
    headers.add("Referrer-Policy", "no-referrer");
    if (secure) headers.add("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
    // Never with the origin of the request and never with credentials, so nothing is reflected (§1.1).
    if (route.cross_origin) {
        headers.add("Access-Control-Allow-Origin", "*");
        headers.add("Access-Control-Expose-Headers", "DPoP-Nonce, WWW-Authenticate");
    }
    if (route.keep.count() > 0 && response.status == 200) {
        headers.add("Cache-Control", "public, max-age=" + std::to_string(route.keep.count()));
        return;
    }
    headers.add("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    headers.add("Pragma", "no-cache");
    headers.add("Expires", "0");
}

/// What a browser asks before a request with an Authorization header from another origin (Fetch §3.2).
net::Response answer_preflight(const Route& route) {
    net::Response response;
    response.status = 204;
    response.headers.add("Access-Control-Allow-Methods", std::string(route.methods));
    response.headers.add("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP");
    response.headers.add("Access-Control-Max-Age", "86400");
    return response;
}

net::Response answer_wrong_method(const Route& route) {
    net::Response response;
    response.status = 405;
    response.headers.add("Allow", std::string(route.methods));
    return response;
}

/// What stands for every endpoint that is looked for by a path.
const Route& get_route(std::string_view path) {
    const auto* route = find_route(path);
    if (!route) throw Error{Errc::internal, {}, "a path that knows() does not know"};
    return *route;
}

Asked asked_by(const net::Request& request, const Site& site) {
    const auto authorization = request.headers.find("Authorization");
    const bool dpop = net::equal_without_case(authorization.value_or("").substr(0, dpop_scheme.size()), dpop_scheme);
    Asked asked{request.request_id, site.url, authorization.has_value(), dpop};
    if (site.pool) asked.algs = client_algorithms(*site.pool);  // where nobody could look, there is none
    return asked;
}

void log_refusal(const Error& error, const Route& route, const Asked& asked) {
    const auto wire = to_wire(error.code);
    log::write(wire.status >= 500 ? log::Level::error : log::Level::info, "oauth request refused",
               {{"path", route.path},
                {"request", asked.request_id},
                {"error", wire.error},
                {"message", error.message},
                {"detail", error.detail}});
}

}  // namespace

struct Endpoints::Impl {
    Impl(signin::Services& services, Tokens& tokens, Authorization& authorization,
         signin::BrowserSessionService& sessions, ClientKeys& keys, crypto::x509::Authorities authorities,
         federation::Federation& federation)
        : clients(services, keys, std::move(authorities)),
          dpop(services),
          doors{services, tokens, authorization, sessions, clients, keys, dpop, federation} {}

    ClientAuthentication clients;
    DpopProofs dpop;
    Doors doors;
};

Endpoints::Endpoints(signin::Services& services, Sites& /*sites*/, Tokens& tokens, Authorization& authorization,
                     signin::BrowserSessionService& sessions, ClientKeys& keys, crypto::x509::Authorities authorities,
                     federation::Federation& federation)
    : impl_(std::make_unique<Impl>(services, tokens, authorization, sessions, keys, std::move(authorities),
                                   federation)) {}
Endpoints::~Endpoints() = default;

bool Endpoints::knows(std::string_view path) const {
    return find_route(path) != nullptr;
}

Task<net::Response> Endpoints::serve(Site site, net::Request request, std::string path) {
    const auto& route = get_route(path);
    const bool secure = site.secure;
    const auto pool = site.pool->id;
    const auto asked = asked_by(request, site);
    net::Response response;
    std::optional<Error> failure;
    if (request.method == net::Method::options && route.cross_origin) {
        response = answer_preflight(route);
    } else if (!route.allows(request.method)) {
        response = answer_wrong_method(route);
    } else {
        try {
            response = co_await route.serve(impl_->doors, std::move(site), std::move(request));
        } catch (const Error& error) {
            failure = error;
        }
        if (failure) {
            log_refusal(*failure, route, asked);
            response = route.refuse(*failure, asked);
            if (failure->code == Errc::oauth_use_dpop_nonce)
                response.headers.add("DPoP-Nonce", impl_->dpop.nonce(pool));
        }
    }
    add_common_headers(response, route, asked.request_id, secure);
    co_return response;
}

net::Response Endpoints::refuse(const Site& site, const net::Request& request, std::string_view path,
                                const Error& error) {
    const auto& route = get_route(path);
    const auto asked = asked_by(request, site);
    log_refusal(error, route, asked);
    auto response = route.refuse(error, asked);
    add_common_headers(response, route, asked.request_id, site.secure);
    return response;
}

}  // namespace symbolon::oauth
