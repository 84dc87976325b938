#include "directory/browser_sessions.hpp"

#include "directory/logout_notices.hpp"
#include "directory/words.hpp"

#include <boost/describe/class.hpp>

#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_session = R"sql(
    INSERT INTO browser_sessions (pool_id, session_hash, user_id, auth_ms, expires_ms, amr, used_ms, agent,
                                  vouched_level, origin_hash, sealed_origin)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
)sql";

constexpr std::string_view find_session = R"sql(
    SELECT session_hash, user_id, auth_ms, expires_ms, amr, used_ms, agent, vouched_level, origin_hash, sealed_origin
      FROM browser_sessions
     WHERE pool_id = $1 AND session_hash = $2
)sql";

constexpr std::string_view list_sessions_of_origin = R"sql(
    SELECT session_hash, user_id, auth_ms, expires_ms, amr, used_ms, agent, vouched_level, origin_hash, sealed_origin
      FROM browser_sessions
     WHERE pool_id = $1 AND origin_hash = $2
     LIMIT $3
)sql";

constexpr std::string_view find_sign_in_at = R"sql(
    SELECT EXISTS (SELECT 1 FROM browser_sessions WHERE pool_id = $1 AND user_id = $2 AND auth_ms = $3) AS found
)sql";

constexpr std::string_view touch_session = R"sql(
    UPDATE browser_sessions SET used_ms = $3 WHERE pool_id = $1 AND session_hash = $2
)sql";

constexpr std::string_view list_sign_ins_of_user = R"sql(
    SELECT auth_ms FROM browser_sessions WHERE pool_id = $1 AND user_id = $2 LIMIT $3
)sql";

constexpr std::string_view delete_sessions_of_user = R"sql(
    DELETE FROM browser_sessions WHERE pool_id = $1 AND user_id = $2
)sql";

constexpr std::string_view delete_session = R"sql(
    DELETE FROM browser_sessions WHERE pool_id = $1 AND session_hash = $2
)sql";

constexpr std::string_view delete_session_of_sign_in = R"sql(
    DELETE FROM browser_sessions WHERE pool_id = $1 AND user_id = $2 AND auth_ms = $3
)sql";

constexpr int most_of_a_user = 1000;

struct SignInRow {
    Instant auth_ms{};
};
BOOST_DESCRIBE_STRUCT(SignInRow, (), (auth_ms))

struct FoundRow {
    bool found = false;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (found))

struct SessionRow {
    Bytes session_hash;
    UserId user_id;
    Instant auth_ms{};
    Instant expires_ms{};
    std::string amr;
    Instant used_ms{};
    std::string agent;
    std::optional<std::int64_t> vouched_level;
    std::optional<Bytes> origin_hash;
    std::optional<Bytes> sealed_origin;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (session_hash, user_id, auth_ms, expires_ms, amr, used_ms, agent, vouched_level, origin_hash,
                       sealed_origin))

BrowserSession to_session(const PoolId& pool, SessionRow row) {
    return BrowserSession{.pool_id = pool,
                          .hash = std::move(row.session_hash),
                          .user_id = std::move(row.user_id),
                          .auth_time = row.auth_ms,
                          .expires = row.expires_ms,
                          .amr = split_words(row.amr),
                          .used = row.used_ms,
                          .agent = std::move(row.agent),
                          .vouched_level = row.vouched_level,
                          .origin_hash = std::move(row.origin_hash),
                          .sealed_origin = std::move(row.sealed_origin)};
}

}  // namespace

void BrowserSessions::create(const BrowserSession& session) {
    tx_.execute(insert_session, session.pool_id, session.hash, session.user_id, session.auth_time, session.expires,
                join_words(session.amr), session.used, session.agent, session.vouched_level, session.origin_hash,
                session.sealed_origin);
}

std::optional<BrowserSession> BrowserSessions::find(const PoolId& pool, ByteView hash) {
    auto row = tx_.row<SessionRow>(find_session, pool, hash);
    if (!row) return std::nullopt;
    return to_session(pool, std::move(*row));
}

std::vector<BrowserSession> BrowserSessions::list_of_origin(const PoolId& pool, ByteView origin_hash) {
    std::vector<BrowserSession> sessions;
    for (auto& row : tx_.rows<SessionRow>(list_sessions_of_origin, pool, origin_hash, most_of_a_user))
        sessions.push_back(to_session(pool, std::move(row)));
    return sessions;
}

Instant BrowserSessions::free_moment(const PoolId& pool, const UserId& user, Instant wanted) {
    while (tx_.row<FoundRow>(find_sign_in_at, pool, user, wanted)->found) ++wanted;
    return wanted;
}

void BrowserSessions::touch(const PoolId& pool, ByteView hash, Instant now) {
    tx_.execute(touch_session, pool, hash, now);
}

void BrowserSessions::end_all_of_user(const PoolId& pool, const UserId& user, Instant now) {
    LogoutNotices notices(tx_);
    for (const auto& row : tx_.rows<SignInRow>(list_sign_ins_of_user, pool, user, most_of_a_user))
        notices.note_end_of_sign_in(pool, user, row.auth_ms, now);
    tx_.execute(delete_sessions_of_user, pool, user);
}

void BrowserSessions::erase(const PoolId& pool, ByteView hash) {
    tx_.execute(delete_session, pool, hash);
}

void BrowserSessions::erase_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time) {
    tx_.execute(delete_session_of_sign_in, pool, user, auth_time);
}

}  // namespace symbolon::directory
