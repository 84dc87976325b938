#include "directory/deleted_pools.hpp"

#include <boost/describe/class.hpp>

#include <array>
#include <optional>
#include <string_view>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_deleted = "INSERT INTO deleted_pools (pool_id) VALUES ($1) ON CONFLICT DO NOTHING";
constexpr std::string_view find_deleted = "SELECT pool_id FROM deleted_pools WHERE pool_id = $1";
constexpr std::string_view find_any_deleted = "SELECT pool_id FROM deleted_pools ORDER BY pool_id LIMIT 1";
constexpr std::string_view forget_deleted = "DELETE FROM deleted_pools WHERE pool_id = $1";

// Everything that can be there by the million. Pools::erase removes the rest at once.
constexpr std::array<std::string_view, 29> remove_rows{
    R"sql(DELETE FROM group_members WHERE pool_id = $1 AND (group_id, user_id) IN
          (SELECT group_id, user_id FROM group_members WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM groups_of_users WHERE pool_id = $1 AND (user_id, group_id) IN
          (SELECT user_id, group_id FROM groups_of_users WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM user_groups WHERE pool_id = $1 AND name IN
          (SELECT name FROM user_groups WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM linked_identities WHERE pool_id = $1 AND (name_key, attribute, value) IN
          (SELECT name_key, attribute, value FROM linked_identities WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM identities_of_users WHERE pool_id = $1 AND (user_id, name_key, attribute, value) IN
          (SELECT user_id, name_key, attribute, value FROM identities_of_users WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM software_tokens WHERE pool_id = $1 AND (user_id, state) IN
          (SELECT user_id, state FROM software_tokens WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM password_history WHERE pool_id = $1 AND (user_id, user_version) IN
          (SELECT user_id, user_version FROM password_history WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM pending_attributes WHERE pool_id = $1 AND (user_id, attribute) IN
          (SELECT user_id, attribute FROM pending_attributes WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM srp_verifiers WHERE pool_id = $1 AND user_id IN
          (SELECT user_id FROM srp_verifiers WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM devices WHERE pool_id = $1 AND (user_id, device_key) IN
          (SELECT user_id, device_key FROM devices WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM web_authn_credentials WHERE pool_id = $1 AND (user_id, credential_id) IN
          (SELECT user_id, credential_id FROM web_authn_credentials WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM web_authn_challenges WHERE pool_id = $1 AND user_id IN
          (SELECT user_id FROM web_authn_challenges WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM auth_events WHERE pool_id = $1 AND (user_id, event_id) IN
          (SELECT user_id, event_id FROM auth_events WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM log_lines WHERE pool_id = $1 AND line_id IN
          (SELECT line_id FROM log_lines WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM users WHERE pool_id = $1 AND user_id IN
          (SELECT user_id FROM users WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM user_names WHERE pool_id = $1 AND (kind, name) IN
          (SELECT kind, name FROM user_names WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM one_time_codes WHERE pool_id = $1 AND (user_id, purpose) IN
          (SELECT user_id, purpose FROM one_time_codes WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM attempts WHERE pool_id = $1 AND (kind, subject) IN
          (SELECT kind, subject FROM attempts WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM spent_proofs WHERE pool_id = $1 AND proof_id IN
          (SELECT proof_id FROM spent_proofs WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM browser_sessions WHERE pool_id = $1 AND session_hash IN
          (SELECT session_hash FROM browser_sessions WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM federation_requests WHERE pool_id = $1 AND handle_hash IN
          (SELECT handle_hash FROM federation_requests WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM pushed_requests WHERE pool_id = $1 AND handle_hash IN
          (SELECT handle_hash FROM pushed_requests WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM logout_notices WHERE pool_id = $1 AND (user_id, client_id, auth_ms) IN
          (SELECT user_id, client_id, auth_ms FROM logout_notices WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM consents WHERE pool_id = $1 AND (user_id, client_id) IN
          (SELECT user_id, client_id FROM consents WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM authorization_codes WHERE pool_id = $1 AND code_hash IN
          (SELECT code_hash FROM authorization_codes WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM access_tokens WHERE pool_id = $1 AND token_hash IN
          (SELECT token_hash FROM access_tokens WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM device_authorizations WHERE pool_id = $1 AND device_code_hash IN
          (SELECT device_code_hash FROM device_authorizations WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM grants WHERE pool_id = $1 AND grant_id IN
          (SELECT grant_id FROM grants WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM messages WHERE pool_id = $1 AND message_id IN
          (SELECT message_id FROM messages WHERE pool_id = $1 LIMIT $2))sql",
};

struct PoolIdRow {
    PoolId pool_id;
};
BOOST_DESCRIBE_STRUCT(PoolIdRow, (), (pool_id))

}  // namespace

void DeletedPools::add(const PoolId& pool) {
    tx_.execute(insert_deleted, pool);
}

bool DeletedPools::contains(const PoolId& pool) {
    return tx_.row<PoolIdRow>(find_deleted, pool).has_value();
}

bool any_deleted(db::Transaction& tx, Instant /*now*/) {
    return tx.row<PoolIdRow>(find_any_deleted).has_value();
}

std::int64_t remove_deleted(db::Transaction& tx, Instant /*now*/, int limit) {
    const auto row = tx.row<PoolIdRow>(find_any_deleted);
    if (!row) return 0;
    std::int64_t removed = 0;
    for (const std::string_view statement : remove_rows) removed += tx.execute(statement, row->pool_id, limit);
    if (removed < limit) tx.execute(forget_deleted, row->pool_id);  // of no table there was more
    return removed;
}

}  // namespace symbolon::directory
