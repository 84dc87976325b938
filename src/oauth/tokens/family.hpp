#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "directory/grants.hpp"
#include "oauth/tokens.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::oauth {

/// A family of tokens that is about to begin. Its row has to be stored before anything of it is handed out.
struct NewFamily {
    directory::Grant grant;
    std::string refresh_token;  ///< "" when the family has none
};

/// What of a family is chance. Drawn before the transaction, since its closure may run twice.
struct FamilySeed {
    std::string grant_id;
    std::string event_id;
    std::string secret;  ///< of the refresh token
};
FamilySeed draw_family_seed(crypto::Random& random);

/// Binds the family's refresh token to the keys that began it (RFC 9449 §5, RFC 8705 §4).
void bind_refresh(directory::Grant& grant, const Confirmation& proven);
Confirmation binding_of(const directory::Grant& grant);

/// The grant with those of its resources that are asked for now, for one access token. Fails: oauth_invalid_target (one
/// that was not granted). Spec: RFC 8707 §2.2.
directory::Grant narrow_audience(directory::Grant grant, const std::vector<std::string>& asked);

/// A function of its arguments: may be called inside a transaction.
NewFamily make_family(const crypto::Sealer& sealer, const directory::Client& client, const signin::SignedIn& signed_in,
                      Issue issue, const FamilySeed& seed, Instant now);

/// A refresh token taken apart. The first of a family is `<grant id>.<secret>`; the database holds a keyed hash of its
/// secret, bound to the grant. Its successors are `<grant id>.<generation>.<secret>`, and follow from that hash, the
/// generation and the master key: the same one for whoever asks again, and nothing more is stored.
struct ShownRefreshToken {
    std::string grant_id;
    std::int64_t generation = 0;
    std::string secret;
};
/// Nothing when it does not look like one of ours.
std::optional<ShownRefreshToken> parse_refresh_token(std::string_view text);

/// True when the token is one that the grant was given, now or before.
bool proves(const crypto::Sealer& sealer, const directory::Grant& grant, const ShownRefreshToken& shown);

/// The current token of a grant whose generation is 1 or more.
std::string make_successor(const crypto::Sealer& sealer, const directory::Grant& grant);

}  // namespace symbolon::oauth
