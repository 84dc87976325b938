#pragma once

#include "base/task.hpp"
#include "directory/identity_providers.hpp"
#include "federation/documents.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::federation::oidc {

/// Where a provider is asked, and how. Spec: OpenID Connect Discovery §3, RFC 8414 §2, RFC 9207 §3.
struct Metadata {
    std::string issuer;  ///< "" for those that issue no ID token: Facebook, Amazon
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string user_info_endpoint;  ///< "" : none
    std::string jwks_uri;
    std::vector<std::string> token_auth_methods;  ///< empty: not said
    bool discovered = false;                      ///< read from the provider, not from its settings
    bool says_issuer = false;                     ///< its answers name it: `iss`
};

/// True for providers that prove a sign-in by an ID token.
bool issues_id_tokens(directory::IdentityProviderTypeType type);

/// A discovery document, which has to be that of the issuer. Fails: oauth_invalid_request.
Metadata parse_metadata(std::string_view document, const std::string& issuer);

/// From the settings where they name every place, else from the issuer's discovery document. Fails:
/// oauth_invalid_request.
Task<Metadata> find_metadata(Documents& documents, const directory::IdentityProvider& provider);

}  // namespace symbolon::federation::oidc
