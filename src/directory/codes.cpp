#include "directory/codes.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <boost/describe/class.hpp>

namespace symbolon::directory {
namespace {

constexpr std::string_view save_code = R"sql(
    INSERT INTO one_time_codes (pool_id, user_id, purpose, binding, code_hash, tries, expires_ms)
    VALUES ($1, $2, $3, $4, $5, 0, $6)
    ON CONFLICT (pool_id, user_id, purpose)
    DO UPDATE SET binding = $4, code_hash = $5, tries = 0, expires_ms = $6
)sql";

/// Counts a guess before it is looked at. No row: there is no live code, or it was guessed at too often.
constexpr std::string_view count_try = R"sql(
    UPDATE one_time_codes SET tries = tries + 1
     WHERE pool_id = $1 AND user_id = $2 AND purpose = $3 AND binding = $4 AND expires_ms > $5 AND tries < $6
)sql";

constexpr std::string_view find_code = R"sql(
    SELECT code_hash, tries, expires_ms FROM one_time_codes
     WHERE pool_id = $1 AND user_id = $2 AND purpose = $3 AND binding = $4
)sql";

constexpr std::string_view delete_code = R"sql(
    DELETE FROM one_time_codes WHERE pool_id = $1 AND user_id = $2 AND purpose = $3
)sql";

constexpr std::string_view use_code = R"sql(
    DELETE FROM one_time_codes
     WHERE pool_id = $1 AND user_id = $2 AND purpose = $3 AND binding = $4 AND code_hash = $5 AND expires_ms > $6
)sql";

constexpr std::string_view spend_proof = R"sql(
    INSERT INTO spent_proofs (pool_id, proof_id, expires_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view find_proof = R"sql(
    SELECT proof_id FROM spent_proofs WHERE pool_id = $1 AND proof_id = $2
)sql";

struct CodeRow {
    Bytes code_hash;
    std::int64_t tries = 0;
    Instant expires_ms{};
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (code_hash, tries, expires_ms))

struct ProofRow {
    std::string proof_id;
};
BOOST_DESCRIBE_STRUCT(ProofRow, (), (proof_id))

Bytes hash_code(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user, CodePurpose purpose,
                std::string_view binding, const OneTimeCode& code) {
    // Lengths in front, so that no two bindings make one context.
    std::string context;
    for (const std::string_view part :
         {std::string_view(pool.str()), std::string_view(user.str()), to_name(purpose), binding}) {
        context += std::to_string(part.size());
        context += ':';
        context += part;
    }
    return sealer.keyed_hash("one_time_code", context, code.reveal());
}

}  // namespace

std::string_view to_name(CodePurpose purpose) {
    switch (purpose) {
        case CodePurpose::sign_up:
            return "sign_up";
        case CodePurpose::recovery:
            return "recovery";
        case CodePurpose::sms_mfa:
            return "sms_mfa";
        case CodePurpose::email_mfa:
            return "email_mfa";
        case CodePurpose::sms_otp:
            return "sms_otp";
        case CodePurpose::email_otp:
            return "email_otp";
        case CodePurpose::verify_phone_number:
            return "verify_phone_number";
        case CodePurpose::verify_email:
            return "verify_email";
    }
    throw Error(Errc::internal, {}, "codes: a purpose without a name");
}

void OneTimeCodes::save(const PoolId& pool, const UserId& user, CodePurpose purpose, std::string_view binding,
                        const OneTimeCode& code, Instant expires) {
    const Bytes hash = hash_code(sealer_, pool, user, purpose, binding, code);
    tx_.execute(save_code, pool, user, to_name(purpose), binding, hash, expires);
}

OneTimeCodes::Result OneTimeCodes::consume(const PoolId& pool, const UserId& user, CodePurpose purpose,
                                           std::string_view binding, const OneTimeCode& guess, Instant now,
                                           int max_tries) {
    const Result result = check(pool, user, purpose, binding, guess, now, max_tries);
    if (result == Result::right) erase(pool, user, purpose);
    return result;
}

OneTimeCodes::Result OneTimeCodes::check(const PoolId& pool, const UserId& user, CodePurpose purpose,
                                         std::string_view binding, const OneTimeCode& guess, Instant now,
                                         int max_tries) {
    const bool counted = tx_.execute(count_try, pool, user, to_name(purpose), binding, now, max_tries) == 1;
    const auto row = tx_.row<CodeRow>(find_code, pool, user, to_name(purpose), binding);
    if (!row || row->expires_ms <= now) return Result::expired;
    if (!counted) return Result::locked;
    if (!crypto::equal_in_constant_time(row->code_hash, hash_code(sealer_, pool, user, purpose, binding, guess)))
        return Result::wrong;
    return Result::right;
}

bool OneTimeCodes::use(const PoolId& pool, const UserId& user, CodePurpose purpose, std::string_view binding,
                       const OneTimeCode& code, Instant now) {
    const Bytes hash = hash_code(sealer_, pool, user, purpose, binding, code);
    return tx_.execute(use_code, pool, user, to_name(purpose), binding, hash, now) == 1;
}

void OneTimeCodes::erase(const PoolId& pool, const UserId& user, CodePurpose purpose) {
    tx_.execute(delete_code, pool, user, to_name(purpose));
}

bool SpentProofs::spend(const PoolId& pool, const std::string& proof_id, Instant expires) {
    return tx_.execute(spend_proof, pool, proof_id, expires) == 1;
}

bool SpentProofs::is_spent(const PoolId& pool, const std::string& proof_id) {
    return tx_.row<ProofRow>(find_proof, pool, proof_id).has_value();
}

}  // namespace symbolon::directory
