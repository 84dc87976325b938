#include "signin/browser_sessions.hpp"

#include "directory/browser_sessions.hpp"
#include "directory/user_names.hpp"
#include "directory/users.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

/// What the database knows of a handle: enough to find it, not to use it.
Bytes hash_of(const crypto::Sealer& sealer, const PoolId& pool, std::string_view handle) {
    return sealer.keyed_hash("browser_session", pool.str(), handle);
}

}  // namespace

Task<std::string> BrowserSessionService::begin(SignedIn signed_in) {
    const std::string handle = services_.random.token();
    const directory::BrowserSession session{.pool_id = signed_in.pool_id,
                                            .hash = hash_of(services_.sealer, signed_in.pool_id, handle),
                                            .user_id = signed_in.user_id,
                                            .auth_time = signed_in.auth_time,
                                            .expires = signed_in.auth_time + life};
    co_await services_.db.write([&](db::Transaction& tx) { directory::BrowserSessions(tx).create(session); });
    co_return handle;
}

Task<std::optional<SignedIn>> BrowserSessionService::find(PoolPtr pool, ClientPtr client, std::string handle) {
    if (handle.empty()) co_return std::nullopt;
    const Instant now = services_.clock.now();
    const Bytes hash = hash_of(services_.sealer, pool->id, handle);
    co_return co_await services_.db.read([&](db::Transaction& tx) -> std::optional<SignedIn> {
        const auto session = directory::BrowserSessions(tx).find(pool->id, hash);
        if (!session || session->expires <= now) return std::nullopt;
        const auto user = directory::Users(tx).find(pool->id, session->user_id);
        if (!user || !user->enabled || session->auth_time < user->tokens_from) return std::nullopt;
        return SignedIn{.pool_id = pool->id,
                        .client_id = client->id,
                        .user_id = user->id,
                        .username = user->username,
                        .auth_time = session->auth_time,
                        .login = directory::login_of(*pool, *user)};
    });
}

Task<void> BrowserSessionService::end(PoolPtr pool, std::string handle) {
    const Bytes hash = hash_of(services_.sealer, pool->id, handle);
    co_await services_.db.write([&](db::Transaction& tx) { directory::BrowserSessions(tx).erase(pool->id, hash); });
}

}  // namespace symbolon::signin
