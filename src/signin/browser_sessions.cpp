#include "signin/browser_sessions.hpp"

#include "directory/browser_sessions.hpp"
#include "directory/logout_notices.hpp"
#include "directory/session_rules.hpp"
#include "directory/user_names.hpp"
#include "directory/users.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::size_t longest_agent = 256;
constexpr std::chrono::minutes between_notes{1};  // of when a session was used: a write for every request would be dear

/// A header's text as it can be stored: bounded, and printable ASCII alone, which is what browsers send.
std::string clean_agent(std::string agent) {
    std::erase_if(agent, [](char c) { return c < ' ' || c > '~'; });
    agent.resize(std::min(agent.size(), longest_agent));
    return agent;
}

/// Whether the session lives, for anybody.
bool is_live(const directory::BrowserSession& session, const directory::SessionLife& life, Instant now) {
    return now < session.expires && now - session.auth_time < life.longest &&
           (!life.idle || now - session.used < *life.idle);
}

}  // namespace

Bytes BrowserSessionService::hash_of(const PoolId& pool, std::string_view handle) const {
    return services_.sealer.keyed_hash("browser_session", pool.str(), handle);
}

Task<std::string> BrowserSessionService::begin(PoolPtr pool, SignedIn signed_in, std::string agent) {
    const std::string handle = services_.random.token();
    const directory::BrowserSession session{.pool_id = signed_in.pool_id,
                                            .hash = hash_of(signed_in.pool_id, handle),
                                            .user_id = signed_in.user_id,
                                            .auth_time = signed_in.auth_time,
                                            .expires = signed_in.auth_time + directory::session_life(*pool).longest,
                                            .amr = signed_in.amr,
                                            .used = services_.clock.now(),
                                            .agent = clean_agent(std::move(agent))};
    co_await services_.db.write([&](db::Transaction& tx) { directory::BrowserSessions(tx).create(session); });
    co_return handle;
}

Task<std::optional<SignedIn>> BrowserSessionService::find(PoolPtr pool, ClientPtr client, std::string handle) {
    const Instant now = services_.clock.now();
    auto found = co_await find(pool, std::move(handle));
    if (!found || now - found->auth_time >= directory::longest_reuse(*pool, *client)) co_return std::nullopt;
    found->client_id = client->id;
    co_return found;
}

Task<std::optional<SignedIn>> BrowserSessionService::find(PoolPtr pool, std::string handle) {
    if (handle.empty()) co_return std::nullopt;
    const Instant now = services_.clock.now();
    const Bytes hash = hash_of(pool->id, handle);
    const auto life = directory::session_life(*pool);
    bool is_stale = false;  // of what is noted of its use
    const auto look = [&](db::Transaction& tx) -> std::optional<SignedIn> {
        const auto session = directory::BrowserSessions(tx).find(pool->id, hash);
        if (!session || !is_live(*session, life, now)) return std::nullopt;
        const auto user = directory::Users(tx).find(pool->id, session->user_id);
        if (!user || !user->enabled || session->auth_time < user->tokens_from) return std::nullopt;
        is_stale = now - session->used >= between_notes;
        SignedIn signed_in{.pool_id = pool->id,
                           .client_id = {},
                           .user_id = user->id,
                           .username = user->username,
                           .auth_time = session->auth_time,
                           .login = directory::login_of(*pool, *user)};
        signed_in.amr = session->amr;
        return signed_in;
    };
    auto found = co_await services_.db.read(look);
    if (found && is_stale) {
        const auto touch = [&](db::Transaction& tx) { directory::BrowserSessions(tx).touch(pool->id, hash, now); };
        co_await services_.db.write(touch);
    }
    co_return found;
}

Task<std::optional<BrowserSessionService::Ended>> BrowserSessionService::end(PoolPtr pool, std::string handle) {
    const Bytes hash = hash_of(pool->id, handle);
    const Instant now = services_.clock.now();
    const auto finish = [&](db::Transaction& tx) -> std::optional<Ended> {
        directory::BrowserSessions sessions(tx);
        const auto session = sessions.find(pool->id, hash);
        if (!session) return std::nullopt;
        directory::LogoutNotices notices(tx);
        notices.note_end_of_sign_in(pool->id, session->user_id, session->auth_time, now);
        sessions.erase(pool->id, hash);
        return Ended{session->user_id, session->auth_time,
                     notices.list_clients_of_sign_in(pool->id, session->user_id, session->auth_time)};
    };
    co_return co_await services_.db.write(finish);
}

}  // namespace symbolon::signin
