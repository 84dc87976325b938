#include "signin/browser_sessions.hpp"

#include "base/encoding.hpp"
#include "directory/client_rules.hpp"
#include "directory/codes.hpp"
#include "directory/identity_providers.hpp"
#include "directory/linked_identities.hpp"
#include "directory/logout_notices.hpp"
#include "directory/session_rules.hpp"
#include "directory/stored.hpp"
#include "directory/user_names.hpp"
#include "directory/users.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::size_t longest_agent = 256;
constexpr std::chrono::minutes between_notes{1};  // of when a session was used: a write for every request would be dear

constexpr std::string_view origin_purpose = "provider session";

/// Whether the person could have signed in to the client: as a user of the pool's own, or by one of its providers. What
/// they did for another client brings nobody in by a way that this one does not have (oauth-and-hosted-ui.md §1.4).
bool may_come_in(const directory::Client& client, const directory::User& user) {
    const auto& names = client.settings.SupportedIdentityProviders;
    if (!names) return true;  // it has nothing to say about it: people never sign in to it on a page
    return std::ranges::any_of(*names, [&](const auto& name) {
        if (name.str() == directory::local_provider) return user.status != directory::UserStatus::EXTERNAL_PROVIDER;
        return directory::has_identity_at(user, name.str());
    });
}

/// A sealed origin opens in the row of its session alone.
std::string origin_context(const PoolId& pool, ByteView session_hash) {
    return "browser_sessions|sealed_origin|" + pool.str() + "|" + to_hex(session_hash);
}

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

Bytes BrowserSessionService::origin_hash_of(const PoolId& pool, const std::string& provider,
                                            const std::string& name_id) const {
    return services_.sealer.keyed_hash(origin_purpose, pool.str() + "|" + directory::provider_key(provider), name_id);
}

std::optional<ProviderSession> BrowserSessionService::open_origin(const directory::BrowserSession& session) const {
    if (!session.sealed_origin) return std::nullopt;
    const auto opened =
        services_.sealer.open(origin_purpose, origin_context(session.pool_id, session.hash), *session.sealed_origin);
    if (!opened) return std::nullopt;  // another master key: then nobody is told
    return directory::from_stored<ProviderSession>(text_of(*opened), "browser_sessions.sealed_origin");
}

Task<BrowserSessionService::Begun> BrowserSessionService::begin(PoolPtr pool, SignedIn signed_in, std::string agent) {
    return begin(std::move(pool), std::move(signed_in), std::move(agent), std::nullopt);
}

Task<BrowserSessionService::Begun> BrowserSessionService::begin(PoolPtr pool, SignedIn signed_in, std::string agent,
                                                                std::optional<ProviderSession> origin) {
    Begun begun{services_.random.token(), std::move(signed_in)};
    const auto& pool_id = begun.signed_in.pool_id;
    directory::BrowserSession session{.pool_id = pool_id,
                                      .hash = hash_of(pool_id, begun.handle),
                                      .user_id = begun.signed_in.user_id,
                                      .amr = begun.signed_in.amr,
                                      .used = services_.clock.now(),
                                      .agent = clean_agent(std::move(agent)),
                                      .vouched_level = begun.signed_in.vouched_level};
    if (origin) {
        session.origin_hash = origin_hash_of(pool_id, origin->provider, origin->name_id);
        session.sealed_origin = services_.sealer.seal(origin_purpose, origin_context(pool_id, session.hash),
                                                      bytes_of(directory::to_stored(*origin)));
    }
    const auto wanted = begun.signed_in.auth_time;
    const auto longest = directory::session_life(*pool).longest;
    begun.signed_in.auth_time = co_await services_.db.write([&](db::Transaction& tx) {
        directory::BrowserSessions sessions(tx);
        session.auth_time = sessions.free_moment(pool_id, session.user_id, wanted);
        session.expires = session.auth_time + longest;
        sessions.create(session);
        return session.auth_time;
    });
    co_return begun;
}

Task<std::optional<SignedIn>> BrowserSessionService::find(PoolPtr pool, ClientPtr client, std::string handle) {
    const Instant now = services_.clock.now();
    auto found = co_await look_up(pool, client, std::move(handle));
    if (!found || now - found->auth_time >= directory::longest_reuse(*pool, *client)) co_return std::nullopt;
    found->client_id = client->id;
    co_return found;
}

Task<std::optional<SignedIn>> BrowserSessionService::find(PoolPtr pool, std::string handle) {
    return look_up(std::move(pool), nullptr, std::move(handle));
}

Task<std::optional<SignedIn>> BrowserSessionService::look_up(PoolPtr pool, ClientPtr client, std::string handle) {
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
        if (client && !may_come_in(*client, *user)) return std::nullopt;
        is_stale = now - session->used >= between_notes;
        SignedIn signed_in{.pool_id = pool->id,
                           .client_id = {},
                           .user_id = user->id,
                           .username = user->username,
                           .auth_time = session->auth_time,
                           .login = directory::login_of(*pool, *user)};
        signed_in.amr = session->amr;
        signed_in.vouched_level = session->vouched_level;
        return signed_in;
    };
    auto found = co_await services_.db.read(look);
    if (found && is_stale) {
        const auto touch = [&](db::Transaction& tx) { directory::BrowserSessions(tx).touch(pool->id, hash, now); };
        co_await services_.db.write(touch);
    }
    co_return found;
}

/// Runs inside a write.
BrowserSessionService::Ended BrowserSessionService::end_in(db::Transaction& tx,
                                                           const directory::BrowserSession& session,
                                                           Instant now) const {
    const auto& pool = session.pool_id;
    directory::LogoutNotices notices(tx);
    notices.note_end_of_sign_in(pool, session.user_id, session.auth_time, now);
    directory::BrowserSessions(tx).erase(pool, session.hash);
    return Ended{session.user_id, session.auth_time,
                 notices.list_clients_of_sign_in(pool, session.user_id, session.auth_time), open_origin(session)};
}

Task<std::optional<BrowserSessionService::Ended>> BrowserSessionService::end(PoolPtr pool, std::string handle) {
    const Bytes hash = hash_of(pool->id, handle);
    const Instant now = services_.clock.now();
    const auto finish = [&](db::Transaction& tx) -> std::optional<Ended> {
        const auto session = directory::BrowserSessions(tx).find(pool->id, hash);
        if (!session) return std::nullopt;
        return end_in(tx, *session, now);
    };
    co_return co_await services_.db.write(finish);
}

Task<std::optional<std::vector<BrowserSessionService::Ended>>> BrowserSessionService::end_of_provider(
    PoolPtr pool, ProviderLogout logout) {
    const Bytes origin = origin_hash_of(pool->id, logout.provider, logout.name_id);
    const Instant now = services_.clock.now();
    const auto& indexes = logout.session_indexes;
    const auto is_meant = [&](const directory::BrowserSession& session) {
        const auto known = open_origin(session);
        const bool is_named = known && !known->index.empty();  // the provider cannot name the others one by one
        return indexes.empty() || !is_named || std::ranges::find(indexes, known->index) != indexes.end();
    };
    const auto finish = [&](db::Transaction& tx) -> std::optional<std::vector<Ended>> {
        if (!directory::SpentProofs(tx).spend(pool->id, logout.proof_id, logout.proof_expires)) return std::nullopt;
        std::vector<Ended> ended;
        for (const auto& session : directory::BrowserSessions(tx).list_of_origin(pool->id, origin))
            if (is_meant(session)) ended.push_back(end_in(tx, session, now));
        return ended;
    };
    co_return co_await services_.db.write(finish);
}

}  // namespace symbolon::signin
