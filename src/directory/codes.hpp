#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

#include <string>
#include <string_view>

namespace symbolon::directory {

enum class CodePurpose {
    sign_up,
    recovery,
    sms_mfa,
    email_mfa,
    sms_otp,    ///< instead of a password
    email_otp,  ///< instead of a password
    verify_phone_number,
    verify_email,
};
/// As it is stored, and as messages and the file of texts say it.
std::string_view to_name(CodePurpose purpose);

/// One-time codes that were sent to a user. One live code for each user and purpose: a new one ends the former. Stored
/// as a keyed hash bound to pool, user, purpose and `binding` (the attribute, or the id of the challenge).
class OneTimeCodes {
public:
    OneTimeCodes(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    void save(const PoolId& pool, const UserId& user, CodePurpose purpose, std::string_view binding,
              const OneTimeCode& code, Instant expires);

    enum class Result { right, wrong, expired, locked };
    /// Checks a guess and counts it. A right one uses the code up; after `max_tries` wrong ones the code is dead
    /// (locked). An outcome, not an exception, so that the count is committed.
    [[nodiscard]] Result consume(const PoolId& pool, const UserId& user, CodePurpose purpose, std::string_view binding,
                                 const OneTimeCode& guess, Instant now, int max_tries);
    /// The same, but a right one stays: for what has to be known before a slow step (hashing a password) that is not
    /// part of the transaction, and that use() follows.
    [[nodiscard]] Result check(const PoolId& pool, const UserId& user, CodePurpose purpose, std::string_view binding,
                               const OneTimeCode& guess, Instant now, int max_tries);
    /// Uses up a code that check() found right: true for the first caller, false for every later one, and when another
    /// code took its place. Counts nothing.
    [[nodiscard]] bool use(const PoolId& pool, const UserId& user, CodePurpose purpose, std::string_view binding,
                           const OneTimeCode& code, Instant now);
    void erase(const PoolId& pool, const UserId& user, CodePurpose purpose);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

/// Proofs that may be used once (the sealed session of a challenge).
class SpentProofs {
public:
    explicit SpentProofs(db::Transaction& tx) : tx_(tx) {}
    /// True for the first caller, false for every later one.
    [[nodiscard]] bool spend(const PoolId& pool, const std::string& proof_id, Instant expires);
    bool is_spent(const PoolId& pool, const std::string& proof_id);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
