#include "directory/user_sessions.hpp"

#include "directory/browser_sessions.hpp"
#include "directory/grants.hpp"
#include "directory/logout_notices.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <iterator>
#include <utility>

namespace symbolon::directory {
namespace {

using Kind = UserSession::Kind;

constexpr int sessions_at_once = 200;  // that are looked through for one
constexpr std::size_t id_length = 25;  // characters after the prefix

constexpr std::string_view list_browser_sessions = R"sql(
    SELECT session_hash, auth_ms, expires_ms, used_ms, agent
      FROM browser_sessions
     WHERE pool_id = $1 AND user_id = $2 AND expires_ms > $3 AND auth_ms >= $4
       AND (auth_ms < $5 OR (auth_ms = $5 AND session_hash < $6))
     ORDER BY auth_ms DESC, session_hash DESC
     LIMIT $7
)sql";

constexpr std::string_view list_grants = R"sql(
    SELECT g.grant_id AS grant_id, g.client_id AS client_id, g.details AS details, g.auth_ms AS auth_ms,
           g.expires_ms AS expires_ms,
           (SELECT b.session_hash FROM browser_sessions b
             WHERE b.pool_id = g.pool_id AND b.user_id = g.user_id AND b.auth_ms = g.auth_ms AND b.expires_ms > $3
             LIMIT 1) AS session_hash
      FROM grants g
     WHERE g.pool_id = $1 AND g.user_id = $2 AND g.expires_ms > $3 AND g.auth_ms >= $4 AND NOT g.revoked
       AND (g.auth_ms < $5 OR (g.auth_ms = $5 AND g.grant_id < $6))
     ORDER BY g.auth_ms DESC, g.grant_id DESC
     LIMIT $7
)sql";

constexpr std::string_view delete_browsers_of_sign_in = R"sql(
    DELETE FROM browser_sessions WHERE pool_id = $1 AND user_id = $2 AND auth_ms = $3
)sql";

struct BrowserRow {
    Bytes session_hash;
    Instant auth_ms{};
    Instant expires_ms{};
    Instant used_ms{};
    std::string agent;
};
BOOST_DESCRIBE_STRUCT(BrowserRow, (), (session_hash, auth_ms, expires_ms, used_ms, agent))

struct GrantRow {
    std::string grant_id;
    ClientId client_id;
    std::string details;
    Instant auth_ms{};
    Instant expires_ms{};
    std::optional<Bytes> session_hash;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (grant_id, client_id, details, auth_ms, expires_ms, session_hash))

constexpr Instant whenever = Instant::max();

}  // namespace

/// 125 bits of a keyed hash, so that an id is neither a token's nor a cookie's, nor leads to one.
std::string UserSessions::id_of(const User& user, Kind kind, ByteView key) const {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::string id = kind == Kind::browser ? "sso" : "tkn";
    const std::string context = user.pool_id.str() + "|" + user.id.str() + "|" + id;
    const Bytes hash = sealer_.keyed_hash("session id", context, text_of(key));
    for (std::size_t i = 0; i < id_length; ++i) id += alphabet[hash[i] % alphabet.size()];
    return id;
}

std::vector<UserSession> UserSessions::list_browsers(const User& user, const std::optional<UserSession>& after,
                                                     int limit, Instant now) {
    std::vector<UserSession> sessions;
    for (BrowserRow& row :
         tx_.rows<BrowserRow>(list_browser_sessions, user.pool_id, user.id, now, user.tokens_from,
                              after ? after->began : whenever, after ? after->session_hash : Bytes(), limit)) {
        UserSession session;
        session.kind = Kind::browser;
        session.id = id_of(user, Kind::browser, row.session_hash);
        session.began = row.auth_ms;
        session.expires = row.expires_ms;
        session.session_hash = std::move(row.session_hash);
        session.used = row.used_ms;
        session.agent = std::move(row.agent);
        sessions.push_back(std::move(session));
    }
    return sessions;
}

std::vector<UserSession> UserSessions::list_tokens(const User& user, const std::optional<UserSession>& after, int limit,
                                                   Instant now) {
    std::vector<UserSession> sessions;
    for (GrantRow& row :
         tx_.rows<GrantRow>(list_grants, user.pool_id, user.id, now, user.tokens_from, after ? after->began : whenever,
                            after ? after->grant_id : std::string(), limit)) {
        UserSession session;
        session.id = id_of(user, Kind::tokens, bytes_of(row.grant_id));
        const bool hosted = from_stored<GrantDetails>(row.details, "grants.details").hosted;
        if (hosted && row.session_hash) session.origin = id_of(user, Kind::browser, *row.session_hash);
        session.client_id = std::move(row.client_id);
        session.began = row.auth_ms;
        session.expires = row.expires_ms;
        session.grant_id = std::move(row.grant_id);
        sessions.push_back(std::move(session));
    }
    return sessions;
}

std::vector<UserSession> UserSessions::list(const User& user, const std::optional<UserSession>& after, int limit,
                                            Instant now) {
    std::vector<UserSession> sessions;
    if (!after || after->kind == Kind::browser) sessions = list_browsers(user, after, limit, now);
    const int rest = limit - static_cast<int>(sessions.size());
    if (rest <= 0) return sessions;
    const bool goes_on = after && after->kind == Kind::tokens;
    auto tokens = list_tokens(user, goes_on ? after : std::nullopt, rest, now);
    std::move(tokens.begin(), tokens.end(), std::back_inserter(sessions));
    return sessions;
}

std::optional<UserSession> UserSessions::find(const User& user, std::string_view id, Instant now) {
    std::optional<UserSession> last;
    while (true) {
        auto sessions = list(user, last, sessions_at_once, now);
        for (auto& session : sessions)
            if (session.id == id) return std::move(session);
        if (sessions.size() < static_cast<std::size_t>(sessions_at_once)) return std::nullopt;
        last = std::move(sessions.back());
    }
}

void UserSessions::revoke(const User& user, const UserSession& session, bool linked, Instant now) {
    if (session.kind == Kind::browser || linked)
        LogoutNotices(tx_).note_end_of_sign_in(user.pool_id, user.id, session.began, now);
    if (session.kind == Kind::tokens) {
        Grants(tx_).revoke(user.pool_id, session.grant_id);
        if (linked && !session.origin.empty())
            tx_.execute(delete_browsers_of_sign_in, user.pool_id, user.id, session.began);
    } else {
        BrowserSessions(tx_).erase(user.pool_id, session.session_hash);
        if (linked) Grants(tx_).revoke_all_of_sign_in(user.pool_id, user.id, session.began);
    }
}

}  // namespace symbolon::directory
