#pragma once

#include "crypto/seal.hpp"
#include "directory/signing_keys.hpp"
#include "oauth/tokens.hpp"

#include <string>
#include <string_view>

/// What userInfo says of a user (OpenID Connect Core §5.3.2).
namespace symbolon::oauth {

/// The claims that the token's scopes release, and those that were asked for by name. Values are text throughout,
/// booleans too, as Cognito has it (oauth-and-hosted-ui.md §1.9, §2.7); in pools that follow the standard they have
/// their types (§5.1).
std::string user_info_json(const crypto::Sealer& sealer, const Tokens::Live& live);

/// The same, typed, as a JWT for the client alone: it has no expiry and no token_use, so that it passes for no token.
std::string user_info_jwt(const crypto::Sealer& sealer, const Tokens::Live& live, std::string_view issuer,
                          const crypto::jose::SigningKey& key);

}  // namespace symbolon::oauth
