#include "oauth/endpoints/routes.hpp"

#include <algorithm>
#include <array>

namespace symbolon::oauth {
namespace {

constexpr bool cross_origin = true, same_origin = false;
constexpr bool cacheable = true, not_cacheable = false;

constexpr std::string_view get = "GET, HEAD", post = "POST", get_or_post = "GET, HEAD, POST";

/// CORS on token, revoke, userInfo and the public documents only; never on what a user's browser visits (§1.1).
constexpr std::array<Route, 9> routes{{
    {"/oauth2/userInfo", get_or_post, serve_user_info, refuse_bearer, cross_origin, not_cacheable},
    {"/oauth2/token", post, serve_token, refuse_client, cross_origin, not_cacheable},
    {"/oauth2/revoke", post, serve_revoke, refuse_revocation, cross_origin, not_cacheable},
    {"/oauth2/authorize", get_or_post, serve_authorize, refuse_on_page, same_origin, not_cacheable},
    {"/authorize", get_or_post, serve_authorize, refuse_on_page, same_origin, not_cacheable},
    {"/logout", get_or_post, serve_logout, refuse_on_page, same_origin, not_cacheable},
    {"/.well-known/jwks.json", get, serve_jwks, refuse_client, cross_origin, cacheable},
    {"/.well-known/openid-configuration", get, serve_discovery, refuse_client, cross_origin, cacheable},
    {"/.well-known/oauth-authorization-server", get, serve_discovery, refuse_client, cross_origin, cacheable},
}};

}  // namespace

bool Route::allows(net::Method method) const {
    switch (method) {
        case net::Method::get:
        case net::Method::head:
            return methods.starts_with("GET");
        case net::Method::post:
            return methods.ends_with("POST");
        case net::Method::put:
        case net::Method::patch:
        case net::Method::delete_:
        case net::Method::options:
        case net::Method::other:
            return false;
    }
    return false;
}

const Route* find_route(std::string_view path) {
    const auto found =
        std::find_if(routes.begin(), routes.end(), [&](const Route& route) { return route.path == path; });
    return found == routes.end() ? nullptr : &*found;
}

}  // namespace symbolon::oauth
