#include "directory/cleaning.hpp"

#include <array>
#include <chrono>
#include <string_view>

namespace symbolon::directory {
namespace {

// The rows are picked by key, since DELETE has no LIMIT on every engine.
constexpr std::array<std::string_view, 5> remove_expired_rows{
    R"sql(DELETE FROM one_time_codes WHERE (pool_id, user_id, purpose) IN
          (SELECT pool_id, user_id, purpose FROM one_time_codes WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM spent_proofs WHERE (pool_id, proof_id) IN
          (SELECT pool_id, proof_id FROM spent_proofs WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM browser_sessions WHERE (pool_id, session_hash) IN
          (SELECT pool_id, session_hash FROM browser_sessions WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM authorization_codes WHERE (pool_id, code_hash) IN
          (SELECT pool_id, code_hash FROM authorization_codes WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM grants WHERE (pool_id, grant_id) IN
          (SELECT pool_id, grant_id FROM grants WHERE expires_ms <= $1 LIMIT $2))sql",
};

constexpr std::string_view remove_attempts =
    R"sql(DELETE FROM attempts WHERE (pool_id, kind, subject) IN
          (SELECT pool_id, kind, subject FROM attempts WHERE until_ms <= $1 LIMIT $2))sql";

}  // namespace

std::int64_t remove_expired(db::Transaction& tx, Instant now, int limit) {
    std::int64_t removed = 0;
    for (const std::string_view statement : remove_expired_rows) removed += tx.execute(statement, now, limit);
    // Failures are remembered for a quarter of an hour after the last one.
    removed += tx.execute(remove_attempts, now - std::chrono::minutes(15), limit);
    return removed;
}

}  // namespace symbolon::directory
