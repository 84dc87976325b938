#pragma once

#include "federation/federation.hpp"
#include "net/form.hpp"
#include "net/http.hpp"
#include "oauth/authorization.hpp"
#include "oauth/client_authentication.hpp"
#include "oauth/client_keys.hpp"
#include "oauth/dpop.hpp"
#include "oauth/site.hpp"
#include "oauth/tokens.hpp"
#include "signin/browser_sessions.hpp"

#include <string>
#include <string_view>

namespace symbolon::oauth {

/// What the endpoints work with.
struct Doors {
    signin::Services& services;
    Tokens& tokens;
    Authorization& authorization;
    signin::BrowserSessionService& sessions;
    ClientAuthentication& clients;
    ClientKeys& keys;
    DpopProofs& dpop;
    federation::Federation& federation;
};

// One file for each endpoint. They throw Error; endpoints.cpp says how each one answers it.
Task<net::Response> serve_authorize(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_pushed_authorization(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_provider(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_idp_response(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_saml_response(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_saml_metadata(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_saml_logout(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_provider_sign_out(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_logout(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_token(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_revoke(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_register(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_introspect(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_device_authorization(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_user_info(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_discovery(Doors& doors, Site site, net::Request request);
Task<net::Response> serve_jwks(Doors& doors, Site site, net::Request request);

/// The parameters of an endpoint that is used by GET with a query or by POST with a form, encoded. The text of a form
/// is written anew, so that it can stand in a URL.
std::string parameters_of(const net::Request& request);

/// 302 to the page of the hosted pages that shows an error with status 400 (oauth-and-hosted-ui.md §1.3).
net::Response redirect_to_error_page(const Site& site, std::string_view code, std::string_view client_id);

/// 200 with a JSON body that is written already.
net::Response json_answer(std::string body);

}  // namespace symbolon::oauth
