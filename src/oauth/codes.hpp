#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/clients.hpp"
#include "directory/grants.hpp"
#include "directory/pools.hpp"

#include <chrono>
#include <string_view>
#include <variant>

namespace symbolon::oauth {

/// Cognito's life of an authorization code (oauth-and-hosted-ui.md §1.8).
inline constexpr std::chrono::minutes code_life{5};

/// What a code is stored and found as.
Bytes hash_code(const crypto::Sealer& sealer, const PoolId& pool, std::string_view code);

/// What a client shows to have a code exchanged. `client_id` is proven.
struct ShownCode {
    ByteView hash;
    ClientId client_id;
    std::string_view redirect_uri;   ///< "" when it was not sent
    std::string_view code_verifier;  ///< "" when it was not sent
    std::string_view jkt;            ///< of the DPoP key that the request proves; "": none
};

/// What comes of a code that is shown again. Voice platforms send an exchange once more whose answer they lost or did
/// not wait for; ending what the first one gave would unlink the person (voice-account-linking.md §4.2).
enum class Repeats {
    end_the_family,             ///< every one (RFC 6749 §4.1.2)
    of_the_exchange_are_spared  ///< those within repeat_grace that show the same end nothing; they are refused as well
};
inline constexpr std::chrono::seconds repeat_grace{60};

/// The rule for a client of the pool. Only one that proves itself is spared, and no pool that keeps to the standards
/// spares any: a stranger who has the code of a public client shows the same as the client does.
Repeats repeats_of(const directory::Pool& pool, const directory::Client& client);

/// Why a code was refused. All look alike to the client.
enum class CodeRefusal {
    unknown,
    wrong_client,
    repeated,  ///< the family lives on
    replayed,  ///< the family is ended
    expired,
    wrong_redirect_uri,
    wrong_verifier,
    wrong_key
};

using ConsumedCode = std::variant<directory::AuthorizationCode, CodeRefusal>;

/// Uses a code up. A stranger's client or redirect URI leaves it as it is, so that nobody can spoil somebody else's
/// code; a wrong verifier or key burns it; a second use ends the family that the first one began, unless `repeats`
/// spares it. The refusals are outcomes: commit them. Spec: RFC 6749 §4.1.2, §4.1.3, §10.5, RFC 7636 §4.6,
/// oauth-and-hosted-ui.md §1.8.
[[nodiscard]] ConsumedCode consume_code(db::Transaction& tx, const PoolId& pool, const ShownCode& shown,
                                        Repeats repeats, Instant now);

}  // namespace symbolon::oauth
