#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "directory/clients.hpp"
#include "directory/grants.hpp"
#include "directory/signing_keys.hpp"
#include "directory/users.hpp"
#include "oauth/tokens.hpp"
#include "oauth/tokens/content.hpp"

#include <string_view>

namespace symbolon::oauth {

/// What the tokens of one answer have in common.
struct Signing {
    std::string_view issuer;
    const directory::PoolKeys& keys;
    const directory::Client& client;
    crypto::Random& random;
    Instant now;
};

/// An access token of the family and, where there is one, its ID token, with the claims of oauth-and-hosted-ui.md §2.2
/// and §2.3. Two RSA signatures: never inside a transaction. The content's scopes are the granted ones or fewer. No
/// token outlives its family, so that the family's row is there as long as somebody may ask for it.
TokenSet sign_tokens(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                     const directory::Grant& grant, const Content& content);

/// An access token that speaks for the client itself.
TokenSet sign_client_token(const Signing& signing, const Content& content);

}  // namespace symbolon::oauth
