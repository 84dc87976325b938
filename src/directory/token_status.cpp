#include "directory/token_status.hpp"

#include "directory/user_rows.hpp"

#include <boost/describe/class.hpp>

#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_status = R"sql(
    SELECT u.user_id AS user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa,
           tokens_from_ms, created_ms, modified_ms, version, g.revoked AS revoked
      FROM users u
      LEFT JOIN grants g ON g.pool_id = u.pool_id AND g.grant_id = $3 AND g.user_id = u.user_id
     WHERE u.pool_id = $1 AND u.user_id = $2
       AND EXISTS (SELECT 1 FROM pools WHERE pool_id = $1)
)sql";

struct StatusRow {
    std::string user_id;
    std::string username;
    std::string status;
    bool enabled = false;
    std::string attributes;
    std::string password_hash;
    std::optional<Instant> password_expires_ms;
    std::string mfa;
    Instant tokens_from_ms{};
    Instant created_ms{};
    Instant modified_ms{};
    std::int64_t version = 0;
    std::optional<bool> revoked;  // none: no such grant of this user
};
BOOST_DESCRIBE_STRUCT(StatusRow, (),
                      (user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa,
                       tokens_from_ms, created_ms, modified_ms, version, revoked))

UserRow user_part(StatusRow row) {
    return {.user_id = std::move(row.user_id),
            .username = std::move(row.username),
            .status = std::move(row.status),
            .enabled = row.enabled,
            .attributes = std::move(row.attributes),
            .password_hash = std::move(row.password_hash),
            .password_expires_ms = row.password_expires_ms,
            .mfa = std::move(row.mfa),
            .tokens_from_ms = row.tokens_from_ms,
            .created_ms = row.created_ms,
            .modified_ms = row.modified_ms,
            .version = row.version};
}

}  // namespace

std::optional<TokenStatus> find_token_status(db::Transaction& tx, const PoolId& pool, const UserId& user,
                                             const std::string& grant_id) {
    auto row = tx.row<StatusRow>(find_status, pool, user, grant_id);
    if (!row) return std::nullopt;
    const bool live = row->revoked == false;
    User found = to_user(pool, user_part(std::move(*row)));
    return TokenStatus{
        .grant_live = live, .tokens_from = found.tokens_from, .user_enabled = found.enabled, .user = std::move(found)};
}

}  // namespace symbolon::directory
