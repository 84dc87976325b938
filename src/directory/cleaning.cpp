#include "directory/cleaning.hpp"

#include <boost/describe/class.hpp>

#include <array>
#include <chrono>
#include <string_view>

namespace symbolon::directory {
namespace {

// Failures are remembered for a quarter of an hour after the last one.
constexpr std::chrono::minutes memory_of_attempts(15);
// A claim that lapsed means nothing; those of imports that nobody ever goes on with would pile up.
constexpr std::chrono::hours memory_of_claims(24);

constexpr std::string_view find_any_expired = R"sql(
    SELECT EXISTS (SELECT 1 FROM one_time_codes WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM spent_proofs WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM browser_sessions WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM authorization_codes WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM grants WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM access_tokens WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM device_authorizations WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM auth_events WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM log_lines WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM federation_requests WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM pushed_requests WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM web_authn_challenges WHERE expires_ms <= $1)
        OR EXISTS (SELECT 1 FROM attempts WHERE until_ms <= $2)
        OR EXISTS (SELECT 1 FROM claims WHERE until_ms <= $3) AS found
)sql";

struct FoundRow {
    bool found = false;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (found))

// The rows are picked by key, since DELETE has no LIMIT on every engine.
constexpr std::array<std::string_view, 12> remove_expired_rows{
    R"sql(DELETE FROM one_time_codes WHERE (pool_id, user_id, purpose) IN
          (SELECT pool_id, user_id, purpose FROM one_time_codes WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM spent_proofs WHERE (pool_id, proof_id) IN
          (SELECT pool_id, proof_id FROM spent_proofs WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM browser_sessions WHERE (pool_id, session_hash) IN
          (SELECT pool_id, session_hash FROM browser_sessions WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM authorization_codes WHERE (pool_id, code_hash) IN
          (SELECT pool_id, code_hash FROM authorization_codes WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM web_authn_challenges WHERE (pool_id, user_id) IN
          (SELECT pool_id, user_id FROM web_authn_challenges WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM access_tokens WHERE (pool_id, token_hash) IN
          (SELECT pool_id, token_hash FROM access_tokens WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM device_authorizations WHERE (pool_id, device_code_hash) IN
          (SELECT pool_id, device_code_hash FROM device_authorizations WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM grants WHERE (pool_id, grant_id) IN
          (SELECT pool_id, grant_id FROM grants WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM auth_events WHERE (pool_id, user_id, event_id) IN
          (SELECT pool_id, user_id, event_id FROM auth_events WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM log_lines WHERE (pool_id, line_id) IN
          (SELECT pool_id, line_id FROM log_lines WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM federation_requests WHERE (pool_id, handle_hash) IN
          (SELECT pool_id, handle_hash FROM federation_requests WHERE expires_ms <= $1 LIMIT $2))sql",
    R"sql(DELETE FROM pushed_requests WHERE (pool_id, handle_hash) IN
          (SELECT pool_id, handle_hash FROM pushed_requests WHERE expires_ms <= $1 LIMIT $2))sql",
};

constexpr std::string_view remove_attempts =
    R"sql(DELETE FROM attempts WHERE (pool_id, kind, subject) IN
          (SELECT pool_id, kind, subject FROM attempts WHERE until_ms <= $1 LIMIT $2))sql";

constexpr std::string_view remove_claims =
    "DELETE FROM claims WHERE work IN (SELECT work FROM claims WHERE until_ms <= $1 LIMIT $2)";

}  // namespace

bool any_expired(db::Transaction& tx, Instant now) {
    return tx.row<FoundRow>(find_any_expired, now, now - memory_of_attempts, now - memory_of_claims)->found;
}

std::int64_t remove_expired(db::Transaction& tx, Instant now, int limit) {
    std::int64_t removed = 0;
    for (const std::string_view statement : remove_expired_rows) removed += tx.execute(statement, now, limit);
    removed += tx.execute(remove_attempts, now - memory_of_attempts, limit);
    removed += tx.execute(remove_claims, now - memory_of_claims, limit);
    return removed;
}

}  // namespace symbolon::directory
