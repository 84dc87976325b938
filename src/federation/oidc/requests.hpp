#pragma once

#include "base/clock.hpp"
#include "directory/identity_providers.hpp"
#include "federation/oidc/metadata.hpp"
#include "net/client.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

/// What a relying party sends to a provider, and what it makes of the answers. Pure. Spec: OpenID Connect Core §3.1,
/// RFC 6749 §4.1, RFC 7636, oauth-and-hosted-ui.md §4.1 and §4.2.
namespace symbolon::federation::oidc {

struct AuthorizationParameters {
    std::string redirect_uri;
    std::string state;
    std::string nonce;
    std::string code_challenge;  ///< S256
    std::string login_hint;      ///< goes to OIDC providers alone
    std::string prompt;          ///< without `none`
    std::string acr_values;      ///< in the provider's words; "" : none
};

/// Where the browser is sent.
std::string authorization_url(const directory::IdentityProvider& provider, const Metadata& metadata,
                              const AuthorizationParameters& parameters);

/// The exchange of a code. `secret` is the provider's client secret, or what stands for it; "" : a public client.
net::ClientRequest token_request(const directory::IdentityProvider& provider, const Metadata& metadata,
                                 const std::string& secret, const std::string& code, const std::string& redirect_uri,
                                 const std::string& verifier);

struct Tokens {
    std::string access_token;
    std::string id_token;          ///< "" where the provider issues none
    boost::json::object response;  ///< the whole answer, for the hook
};

/// Fails: oauth_invalid_request `<provider> Error - <status> <text>` (an error of the provider), or what is missing.
Tokens parse_tokens(const directory::IdentityProvider& provider, const net::ClientResponse& response);

/// Asks for the person's attributes.
net::ClientRequest user_info_request(const directory::IdentityProvider& provider, const Metadata& metadata,
                                     const std::string& access_token);
/// Fails: oauth_invalid_request.
boost::json::object parse_user_info(const directory::IdentityProvider& provider, const net::ClientResponse& response);

/// The client secret of Sign in with Apple: a JWT, signed with the key of the settings, good for five minutes. Fails:
/// oauth_invalid_request (the key is none).
std::string apple_client_secret(const directory::IdentityProvider& provider, Instant now);

}  // namespace symbolon::federation::oidc
