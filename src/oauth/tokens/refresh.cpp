#include "base/error.hpp"
#include "oauth/scopes.hpp"
#include "oauth/tokens/family.hpp"
#include "oauth/tokens/impl.hpp"
#include "oauth/tokens/signing.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

struct Found {
    directory::Grant grant;
    directory::User user;
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

/// Runs inside a read: nothing of a refused refresh is kept.
Found find_live(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Client& client,
                const ShownRefreshToken& shown, Instant now) {
    auto grant = find_grant(tx, sealer, client.pool_id, shown);
    if (!grant) refuse("Invalid Refresh Token", "unknown");
    if (grant->client_id != client.id) refuse("Invalid Refresh Token", "of another client");
    if (grant->revoked) refuse("Refresh Token has been revoked");
    if (grant->expires <= now) refuse("Refresh Token has expired");
    auto user = directory::Users(tx).find(grant->pool_id, grant->user_id);
    if (!user) refuse("Invalid Refresh Token", "the user is gone");
    if (!user->enabled) refuse("User is disabled.");
    if (user->tokens_from > grant->auth_time) refuse("Refresh Token has been revoked", "signed out everywhere");
    return {std::move(*grant), std::move(*user)};
}

}  // namespace

Task<TokenSet> Tokens::refresh(signin::PoolPtr pool, signin::ClientPtr client, std::string refresh_token,
                               std::vector<std::string> narrowed_scopes) {
    auto& services = impl_->services;
    const auto now = services.clock.now();
    const auto shown = parse_refresh_token(refresh_token);
    if (!shown) refuse("Invalid Refresh Token", "malformed");
    const auto find = [&](db::Transaction& tx) { return find_live(tx, services.sealer, *client, *shown, now); };
    const auto found = co_await services.db.read(find);
    const auto& granted = found.grant.details.scopes;
    if (!covers(granted, narrowed_scopes)) {
        throw Error{Errc::oauth_invalid_scope, "The scope is wider than the one granted."};
    }
    const auto keys = co_await services.catalog.get_keys(pool->id);
    const auto issuer = impl_->issuer_of(pool->id);
    const Signing signing{issuer, *keys, *client, services.random, now};
    // A refreshed ID token carries no nonce: it answers no authorization request (OpenID Connect Core §12.2).
    co_return sign_tokens(signing, *pool, found.user, found.grant, narrowed_scopes.empty() ? granted : narrowed_scopes,
                          {});
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
