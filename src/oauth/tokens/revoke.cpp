#include "base/error.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/codes.hpp"
#include "oauth/tokens/access_token.hpp"
#include "oauth/tokens/family.hpp"
#include "oauth/tokens/impl.hpp"

namespace symbolon::oauth {
namespace {

/// A browser session and the families that came of it have the moment of the sign-in in common, to the millisecond.
void end_linked_session(db::Transaction& tx, const directory::Grant& grant) {
    if (!grant.details.hosted) return;
    directory::BrowserSessions(tx).erase_of_sign_in(grant.pool_id, grant.user_id, grant.auth_time);
}

}  // namespace

Task<void> Tokens::revoke(signin::PoolPtr pool, signin::ClientPtr client, std::string token, RevokeAlso also) {
    if (!client->revocation_enabled()) {
        throw Error{Errc::unsupported_operation, "Token revocation is not enabled for this client."};
    }
    const auto shown = parse_refresh_token(token);
    if (!shown) {
        if (crypto::jose::parse_jwt(token))
            throw Error{Errc::unsupported_token_type, "Only refresh tokens are revoked."};
        co_return;
    }
    auto& services = impl_->services;
    const auto revoke_it = [&](db::Transaction& tx) {
        directory::Grants grants(tx);
        const auto grant = grants.find(pool->id, shown->grant_id);
        if (!grant || !proves(services.sealer, *grant, *shown)) return;
        if (grant->client_id != client->id) throw Error{Errc::wrong_client, "The token is of another client."};
        grants.revoke(pool->id, grant->id);
        if (also == RevokeAlso::linked_session) end_linked_session(tx, *grant);
    };
    co_await services.db.write(revoke_it);
}

Task<bool> Tokens::revoke_access(signin::PoolPtr pool, signin::ClientPtr client, std::string text) {
    auto& services = impl_->services;
    std::shared_ptr<const AccessToken> token;
    try {
        token = co_await impl_->authenticate(std::move(text));
    } catch (const Error& error) {
        if (error.code != Errc::token_not_accepted && error.code != Errc::resource_not_found) throw;
    }
    if (!token || token->pool_id != pool->id) co_return false;
    if (token->client_id != client->id) throw Error{Errc::wrong_client, "The token is of another client."};
    if (!client->revocation_enabled()) {
        throw Error{Errc::unsupported_operation, "Token revocation is not enabled for this client."};
    }
    const auto revoke_it = [&](db::Transaction& tx) {
        if (!token->grant_id.empty()) {
            directory::Grants(tx).revoke(pool->id, token->grant_id);
        } else {
            // True or false: it is revoked either way.
            static_cast<void>(directory::SpentProofs(tx).spend(pool->id, revoked_access_token(*token), token->expires));
        }
    };
    co_await services.db.write(revoke_it);
    co_return true;
}

Task<void> Tokens::revoke_family(PoolId pool, std::string grant_id) {
    const auto revoke_it = [&](db::Transaction& tx) { directory::Grants(tx).revoke(pool, grant_id); };
    co_await impl_->services.db.write(revoke_it);
}

Task<void> Tokens::sign_out_everywhere(PoolId pool, UserId user) {
    const auto now = impl_->services.clock.now();
    const auto sign_out = [&](db::Transaction& tx) {
        directory::Users(tx).sign_out_everywhere(pool, user, now);
        directory::Grants(tx).revoke_all_of_user(pool, user);
    };
    co_await impl_->services.db.write(sign_out);
}

}  // namespace symbolon::oauth
