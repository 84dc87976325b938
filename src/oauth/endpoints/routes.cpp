#include "oauth/endpoints/routes.hpp"

#include <algorithm>
#include <array>

namespace symbolon::oauth {
namespace {

constexpr bool cross_origin = true, same_origin = false;
constexpr std::chrono::seconds not_cacheable{0}, cacheable{3600};
// Short beside the hour between a key's publication and its first signature, and because a key that was stolen is gone
// from everybody's list only when that was read anew.
constexpr std::chrono::seconds cacheable_keys{300};

constexpr std::string_view get = "GET, HEAD", post = "POST", get_or_post = "GET, HEAD, POST";

/// CORS on token, revoke, userInfo and the public documents only; never on what a user's browser visits (§1.1).
constexpr std::array<Route, 19> routes{{
    {"/oauth2/userInfo", get_or_post, serve_user_info, refuse_bearer, cross_origin, not_cacheable},
    {"/oauth2/token", post, serve_token, refuse_client, cross_origin, not_cacheable},
    {"/oauth2/revoke", post, serve_revoke, refuse_revocation, cross_origin, not_cacheable},
    {"/oauth2/device_authorization", post, serve_device_authorization, refuse_client, cross_origin, not_cacheable},
    {"/oauth2/register", "GET, HEAD, PUT, DELETE, POST", serve_register, refuse_registration, same_origin,
     not_cacheable},
    {"/oauth2/introspect", post, serve_introspect, refuse_revocation, same_origin, not_cacheable},
    {"/oauth2/par", post, serve_pushed_authorization, refuse_revocation, same_origin, not_cacheable},
    {"/oauth2/authorize", get_or_post, serve_authorize, refuse_on_page, same_origin, not_cacheable},
    {"/authorize", get_or_post, serve_authorize, refuse_on_page, same_origin, not_cacheable},
    {"/login/provider", get, serve_provider, refuse_on_page, same_origin, not_cacheable},
    {"/oauth2/idpresponse", get_or_post, serve_idp_response, refuse_on_page, same_origin, not_cacheable},
    {"/saml2/idpresponse", post, serve_saml_response, refuse_on_page, same_origin, not_cacheable},
    {"/saml2/metadata", get, serve_saml_metadata, refuse_client, same_origin, cacheable},
    {"/saml2/logout", get_or_post, serve_saml_logout, refuse_on_page, same_origin, not_cacheable},
    {"/logout/provider", get, serve_provider_sign_out, refuse_on_page, same_origin, not_cacheable},
    {"/logout", get_or_post, serve_logout, refuse_on_page, same_origin, not_cacheable},
    {"/.well-known/jwks.json", get, serve_jwks, refuse_client, cross_origin, cacheable_keys},
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
            return methods.find("PUT") != std::string_view::npos;
        case net::Method::delete_:
            return methods.find("DELETE") != std::string_view::npos;
        case net::Method::patch:
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
