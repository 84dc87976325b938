#include "base/error.hpp"
#include "oauth/scopes.hpp"
#include "oauth/security_profile.hpp"
#include "oauth/tokens/family.hpp"
#include "oauth/tokens/impl.hpp"
#include "oauth/tokens/rotation.hpp"
#include "oauth/tokens/signing.hpp"
#include "signin/verdict.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

/// A refresh that may be answered.
struct Found {
    directory::Grant grant;
    directory::User user;
    triggers::Groups groups;
    Standing standing = Standing::current;
};

/// Who refreshes, with what, and when.
struct RefreshCall {
    const crypto::Sealer& sealer;
    const directory::Pool& pool;
    const directory::Client& client;
    const ShownRefreshToken& shown;
    const Refresh& refresh;
    Instant now;
};

[[noreturn]] void refuse(const char* message, const char* detail = "") {
    throw Error{Errc::oauth_invalid_grant, message, detail};
}

/// Nothing for a token that was never given out.
std::optional<directory::Grant> find_grant(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& pool,
                                           const ShownRefreshToken& shown) {
    auto grant = directory::Grants(tx).find(pool, shown.grant_id);
    if (!grant || !proves(sealer, *grant, shown)) return std::nullopt;
    return grant;
}

/// A device that the pool tracks keeps its tokens to itself (cognito-api.md §3.7).
bool is_on_its_device(const RefreshCall& asked, const directory::Grant& grant) {
    if (!asked.pool.settings.DeviceConfiguration || !grant.details.device_key) return true;
    return asked.refresh.device_key == *grant.details.device_key;
}

/// Nothing of a refusal is kept. A token that was used before is found like any other.
Found find_live(db::Transaction& tx, const RefreshCall& asked) {
    auto grant = find_grant(tx, asked.sealer, asked.client.pool_id, asked.shown);
    if (!grant) refuse("Invalid Refresh Token", "unknown");
    if (!asked.client.owns(grant->client_id, grant->details.client_ms))
        refuse("Invalid Refresh Token", "of another client");
    if (grant->revoked) refuse("Refresh Token has been revoked");
    if (grant->expires <= asked.now) refuse("Refresh Token has expired");
    const auto rotation = rotation_of(asked.pool, asked.client, *grant);
    const auto standing = standing_of(*grant, asked.shown.generation, rotation.grace, asked.now);
    if (standing == Standing::reused) return {std::move(*grant), {}, {}, standing};
    if (!is_on_its_device(asked, *grant)) refuse("Invalid Refresh Token", "of another device");
    if (!asked.refresh.proven.covers(binding_of(*grant))) refuse("Invalid Refresh Token", "bound to another key");
    auto user = directory::Users(tx).find(grant->pool_id, grant->user_id);
    if (!user) refuse("Invalid Refresh Token", "the user is gone");
    if (!user->enabled) refuse("User is disabled.");
    if (user->tokens_from > grant->auth_time) refuse("Refresh Token has been revoked", "signed out everywhere");
    narrow_audience(*grant, asked.refresh.resources);  // fails before anything is used up
    if (!covers(grant->details.scopes, asked.refresh.scopes)) {
        throw Error{Errc::oauth_invalid_scope, "The scope is wider than the one granted."};
    }
    auto groups = find_groups(tx, user->pool_id, user->id);
    return {std::move(*grant), std::move(*user), std::move(groups), standing};
}

/// Does to the family what the token that is shown calls for, once: the next token, or the end. Runs inside a write;
/// the end of a family is committed.
signin::Verdict<Found> use(db::Transaction& tx, const RefreshCall& asked) {
    auto found = find_live(tx, asked);
    directory::Grants grants(tx);
    if (found.standing == Standing::reused) {
        grants.revoke(found.grant.pool_id, found.grant.id);
        return Error{Errc::refresh_token_reused, "Refresh token has been used before. All of its tokens are revoked."};
    }
    if (found.standing == Standing::current && rotation_of(asked.pool, asked.client, found.grant).replaces) {
        note_rotation(found.grant, asked.now);
        grants.rotate(found.grant);
    }
    return found;
}

}  // namespace

Task<TokenSet> Tokens::refresh(signin::PoolPtr pool, signin::ClientPtr client, Refresh shown) {
    auto& services = impl_->services;
    check_sender_is_constrained(*pool, shown.proven);
    const auto token = parse_refresh_token(shown.token);
    if (!token) refuse("Invalid Refresh Token", "malformed");
    const RefreshCall asked{services.sealer, *pool, *client, *token, shown, services.clock.now()};
    const auto look = [&](db::Transaction& tx) { return find_live(tx, asked); };
    const auto write = [&](db::Transaction& tx) { return use(tx, asked); };

    auto reader = co_await impl_->find_reader(client);
    auto found = co_await services.db.read(look);
    if (found.standing == Standing::reused) found = signin::accept(co_await services.db.write(write));
    const auto& granted = found.grant.details.scopes;
    auto scopes = shown.scopes.empty() ? granted : shown.scopes;
    // A refreshed ID token carries no nonce: it answers no authorization request (OpenID Connect Core §12.2).
    Content content{scopes, scopes, {}, found.groups, {}, {}};
    content = co_await ask_token_hook(services, pool, client, found.user, std::move(content),
                                      triggers::TokenSource::refresh_tokens, std::move(shown.metadata));
    // After the hook: who is refused by it still has a token to try again with.
    if (found.standing == Standing::current && rotation_of(*pool, *client, found.grant).replaces) {
        found = signin::accept(co_await services.db.write(write));
    }
    const auto keys = co_await services.catalog.get_keys(pool->id);
    const auto issuer = impl_->issuer_of(pool->id);
    const Signing signing{issuer,    *keys,           *client,      services.random,
                          asked.now, services.sealer, shown.proven, std::move(reader)};
    auto made = sign_tokens(signing, *pool, found.user, narrow_audience(found.grant, shown.resources), content);
    impl_->remember(signing, made);
    if (found.grant.generation > token->generation)
        made.set.refresh_token = make_successor(services.sealer, found.grant);
    co_return co_await impl_->hand_out(std::move(made));
}

Task<std::optional<RefreshState>> Tokens::find_refresh_state(signin::PoolPtr pool, signin::ClientPtr client,
                                                             std::string token) {
    auto& services = impl_->services;
    const auto shown = parse_refresh_token(token);
    if (!shown) co_return std::nullopt;
    const auto now = services.clock.now();
    const auto find = [&](db::Transaction& tx) -> std::optional<RefreshState> {
        const auto grant = find_grant(tx, services.sealer, pool->id, *shown);
        if (!grant || !client->owns(grant->client_id, grant->details.client_ms) || grant->revoked ||
            grant->expires <= now)
            return std::nullopt;
        const auto rotation = rotation_of(*pool, *client, *grant);
        if (standing_of(*grant, shown->generation, rotation.grace, now) == Standing::reused) return std::nullopt;
        const auto user = directory::Users(tx).find(grant->pool_id, grant->user_id);
        if (!user || !user->enabled || user->tokens_from > grant->auth_time) return std::nullopt;
        return RefreshState{grant->client_id,      grant->user_id, user->username,
                            grant->details.scopes, grant->expires, binding_of(*grant)};
    };
    co_return co_await services.db.read(find);
}

Task<std::optional<Tokens::RefreshOwner>> Tokens::find_refresh_owner(signin::PoolPtr pool, std::string refresh_token) {
    auto& services = impl_->services;
    const auto shown = parse_refresh_token(refresh_token);
    if (!shown) co_return std::nullopt;
    const auto find = [&](db::Transaction& tx) { return find_grant(tx, services.sealer, pool->id, *shown); };
    auto grant = co_await services.db.read(find);
    if (!grant) co_return std::nullopt;
    co_return RefreshOwner{std::move(grant->details.username), std::move(grant->user_id)};
}

}  // namespace symbolon::oauth
