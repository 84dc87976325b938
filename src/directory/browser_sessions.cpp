#include "directory/browser_sessions.hpp"

#include <boost/describe/class.hpp>

#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_session = R"sql(
    INSERT INTO browser_sessions (pool_id, session_hash, user_id, auth_ms, expires_ms) VALUES ($1, $2, $3, $4, $5)
)sql";

constexpr std::string_view find_session = R"sql(
    SELECT user_id, auth_ms, expires_ms FROM browser_sessions WHERE pool_id = $1 AND session_hash = $2
)sql";

constexpr std::string_view delete_session = R"sql(
    DELETE FROM browser_sessions WHERE pool_id = $1 AND session_hash = $2
)sql";

constexpr std::string_view delete_session_of_sign_in = R"sql(
    DELETE FROM browser_sessions WHERE pool_id = $1 AND user_id = $2 AND auth_ms = $3
)sql";

struct SessionRow {
    UserId user_id;
    Instant auth_ms{};
    Instant expires_ms{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (user_id, auth_ms, expires_ms))

}  // namespace

void BrowserSessions::create(const BrowserSession& session) {
    tx_.execute(insert_session, session.pool_id, session.hash, session.user_id, session.auth_time, session.expires);
}

std::optional<BrowserSession> BrowserSessions::find(const PoolId& pool, ByteView hash) {
    auto row = tx_.row<SessionRow>(find_session, pool, hash);
    if (!row) return std::nullopt;
    return BrowserSession{.pool_id = pool,
                          .hash = Bytes(hash.begin(), hash.end()),
                          .user_id = std::move(row->user_id),
                          .auth_time = row->auth_ms,
                          .expires = row->expires_ms};
}

void BrowserSessions::erase(const PoolId& pool, ByteView hash) {
    tx_.execute(delete_session, pool, hash);
}

void BrowserSessions::erase_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time) {
    tx_.execute(delete_session_of_sign_in, pool, user, auth_time);
}

}  // namespace symbolon::directory
