#pragma once

#include "base/clock.hpp"
#include "crypto/jose/jwe.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "directory/access_tokens.hpp"
#include "directory/clients.hpp"
#include "directory/grants.hpp"
#include "directory/signing_keys.hpp"
#include "directory/users.hpp"
#include "oauth/tokens.hpp"
#include "oauth/tokens/content.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

namespace symbolon::oauth {

/// What the tokens of one answer have in common.
struct Signing {
    std::string_view issuer;
    const directory::PoolKeys& keys;
    const directory::Client& client;
    crypto::Random& random;
    Instant now;
    const crypto::Sealer& sealer;
    Confirmation bound = {};                             ///< keys that the access token is bound to
    std::optional<crypto::jose::Recipient> reader = {};  ///< whom the ID token is encrypted to
};

/// The form of the client's access tokens.
directory::AccessTokenFormat format_of(const directory::Client& client);

/// The tokens of one answer, and, where the access token is opaque, the row that it stands for.
struct Signed {
    TokenSet set;
    std::optional<directory::StoredAccessToken> row = {};
    boost::json::object claims = {};  ///< of an access token that is not opaque
};

/// An access token of the family, in the form that the client is set to (Cognito's JWT, that of RFC 9068, or opaque),
/// and, where there is one, its ID token, with the claims of oauth-and-hosted-ui.md §2.2 and §2.3. Two RSA signatures:
/// never inside a transaction. The content's scopes are the granted ones or fewer. No token outlives its family, so
/// that the family's row is there as long as somebody may ask for it.
Signed sign_tokens(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                   const directory::Grant& grant, const Content& content);

/// An access token that speaks for the client itself.
Signed sign_client_token(const Signing& signing, const Content& content, const std::vector<std::string>& resources);

/// An access token for the client that stands for the user of another one, whom the exchange's actor acts for. It is of
/// the same family and does not outlive the other; declared claims are those of the client that gets it. Spec: RFC 8693
/// §2.2.
Signed sign_exchanged_token(const Signing& signing, const directory::Pool& pool, const TokenExchange& exchange);

}  // namespace symbolon::oauth
