#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {

using SoftwareTokenSecret = Secret<struct SoftwareTokenSecretTag>;  ///< the key of RFC 6238: raw bytes, not Base32

/// An authenticator app that a user set up.
struct SoftwareToken {
    SoftwareTokenSecret secret;
    std::string friendly_name;    ///< "" when the user gave none
    std::int64_t last_step = -1;  ///< the last time step (RFC 6238 §4.2) whose code was accepted; -1: none yet
};

/// A user's authenticator app: the verified one, and one that is being set up, whose secret was shown but not proven
/// yet. The former one works until the latter is verified. Secrets are sealed for their row.
class SoftwareTokens {
public:
    SoftwareTokens(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    /// The verified one.
    std::optional<SoftwareToken> find(const PoolId& pool, const UserId& user);
    bool has(const PoolId& pool, const UserId& user);
    /// The one that is being set up.
    std::optional<SoftwareToken> find_pending(const PoolId& pool, const UserId& user);

    /// Begins to set one up; a former pending one ends.
    void save_pending(const PoolId& pool, const UserId& user, const SoftwareTokenSecret& secret, Instant now);
    /// Makes the pending one the verified one; `step` is that of the code that proved it, and used with it. False when
    /// there is no pending one, as for the second of two who prove it with the same code.
    [[nodiscard]] bool verify_pending(const PoolId& pool, const UserId& user, std::string_view friendly_name,
                                      std::int64_t step);
    /// Uses up the code of a time step of the verified one, and of all before: true for the first caller, false for
    /// every later one (a replay). Decided by one statement.
    [[nodiscard]] bool use_step(const PoolId& pool, const UserId& user, std::int64_t step);

    /// Stores a verified one as it was elsewhere, for a user who has none.
    void restore(const PoolId& pool, const UserId& user, const SoftwareToken& token);

    /// Removes both.
    void erase(const PoolId& pool, const UserId& user);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
