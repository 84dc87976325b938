#include "base/error.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/codes.hpp"
#include "directory/token_status.hpp"
#include "oauth/jwt_claims.hpp"
#include "oauth/scopes.hpp"
#include "oauth/tokens/access_token.hpp"
#include "oauth/tokens/impl.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;

/// Bytes of an access token that is remembered before anybody has shown it.
constexpr std::size_t most_remembered = 4096;

[[noreturn]] void refuse(const char* message, const char* detail = "") {
    throw Error{Errc::token_not_accepted, message, detail};
}

/// The pool that an issuer of ours names; empty for any other issuer.
PoolId pool_of(const std::string& issuer, const std::string& base_url) {
    if (issuer.size() <= base_url.size() + 1 || !issuer.starts_with(base_url) || issuer[base_url.size()] != '/') {
        return {};
    }
    return PoolId(issuer.substr(base_url.size() + 1));
}

bool is_void(const AccessToken& token, const directory::TokenStatus& status) {
    using std::chrono::milliseconds;
    // auth_time has whole seconds. Where the family says whether it lives, a sign-in later in the second of a global
    // sign-out keeps its tokens; without a family the doubt goes against the token.
    if (token.grant_id.empty()) return status.tokens_from > token.auth_time;
    return !status.grant_live || status.tokens_from > token.auth_time + milliseconds{999};
}

}  // namespace

bool AccessToken::has_scope(std::string_view scope) const {
    return oauth::has_scope(scopes, scope);
}

// Who has just got a token asks for userInfo with it next.
void Tokens::Impl::remember(const Signing& signing, const Signed& made) {
    if (made.claims.empty() || made.set.access_token.size() > most_remembered) return;
    auto token = to_access_token(made.claims, signing.client.pool_id);
    if (!token) return;
    token->kid = signing.keys.access_token.kid();
    verified.add(crypto::sha256(made.set.access_token),
                 {std::make_shared<const AccessToken>(std::move(*token)), std::nullopt});
}

Task<std::shared_ptr<const AccessToken>> Tokens::Impl::find_opaque(PoolId pool, std::string access_token) {
    const auto hash = hash_opaque_token(services.sealer, pool, access_token);
    const auto find = [&](db::Transaction& tx) { return directory::AccessTokens(tx).find(pool, hash); };
    auto row = co_await services.db.read(find);
    if (!row) refuse("Invalid Access Token", "unknown");
    co_return std::make_shared<const AccessToken>(to_access_token(std::move(*row)));
}

Task<bool> Tokens::Impl::is_revoked(std::shared_ptr<const AccessToken> token) {
    if (token->id.empty()) co_return false;
    const auto find = [&](db::Transaction& tx) {
        return directory::SpentProofs(tx).is_spent(token->pool_id, revoked_access_token(*token));
    };
    co_return co_await services.db.read(find);
}

Task<std::shared_ptr<const AccessToken>> Tokens::Impl::authenticate(std::string access_token) {
    if (auto pool_id = pool_of_opaque_token(access_token)) {
        co_return co_await find_opaque(std::move(*pool_id), std::move(access_token));
    }
    const auto jwt = crypto::jose::parse_jwt(access_token);
    if (!jwt || text_claim(jwt->claims, "token_use") != "access") refuse("Invalid Access Token");
    const auto pool = pool_of(text_claim(jwt->claims, "iss"), base_url);
    if (pool.empty()) refuse("Invalid Access Token", "another issuer");
    co_await services.catalog.get_pool(pool);
    const auto keys = co_await services.catalog.get_keys(pool);
    // The key is chosen by the pool that the token names and by its use: an ID token's key proves no access token.
    const auto* key = keys->find(directory::KeyUse::access_token, jwt->kid);
    if (!key || !crypto::jose::verifies(*key, *jwt)) {
        refuse("Could not verify signature for Access Token");
    }
    auto token = to_access_token(jwt->claims, pool);
    if (!token) refuse("Invalid Access Token", "a claim is missing");
    token->kid = jwt->kid;
    co_return std::make_shared<const AccessToken>(std::move(*token));
}

Task<void> Tokens::Impl::check_key(std::shared_ptr<const AccessToken> token) {
    if (token->kid.empty()) co_return;  // opaque
    const auto keys = co_await services.catalog.get_keys(token->pool_id);
    if (!keys->find(directory::KeyUse::access_token, token->kid)) refuse("Access Token has been revoked", "its key");
}

Task<std::shared_ptr<const directory::TokenStatus>> Tokens::Impl::look_up(crypto::Digest digest,
                                                                          std::shared_ptr<const AccessToken> token) {
    const auto mark = services.db.mark();  // before the read: what is committed meanwhile makes it stale
    const auto find = [&](db::Transaction& tx) {
        return directory::find_token_status(tx, token->pool_id, token->user_id, token->grant_id);
    };
    auto found = co_await services.db.read(find);
    if (!found) co_return nullptr;
    auto status = std::make_shared<const directory::TokenStatus>(std::move(*found));
    if (mark) verified.add(digest, {token, VerifiedCache::Seen{*mark, status}});
    co_return status;
}

Task<Tokens::Live> Tokens::verify_access(std::string access_token) {
    const Confirmation nothing;
    co_return co_await verify_access(std::move(access_token), nothing);
}

Task<Tokens::Live> Tokens::verify_access(std::string access_token, Confirmation proven) {
    auto live = co_await examine_access(std::move(access_token));
    if (!proven.covers(live.token->bound)) refuse("Invalid Access Token", "bound to a key that is not proven");
    co_return live;
}

Task<Tokens::Live> Tokens::examine_access(std::string access_token) {
    auto& services = impl_->services;
    const auto digest = crypto::sha256(access_token);
    auto [token, seen] = impl_->verified.find(digest);
    if (!token) {
        token = co_await impl_->authenticate(std::move(access_token));
        impl_->verified.add(digest, {token, std::nullopt});
    }
    if (token->expires <= services.clock.now()) refuse("Access Token has expired");
    co_await impl_->check_key(token);
    Live live;
    live.pool = co_await services.catalog.find_pool(token->pool_id);
    if (!live.pool) throw Error{Errc::resource_not_found, "User pool " + token->pool_id.str() + " does not exist."};
    live.client = co_await services.catalog.find_client(token->client_id);
    if (!live.client || live.client->pool_id != token->pool_id)
        refuse("Access Token has been revoked", "no such client");
    // `iat` has whole seconds.
    if (token->issued + std::chrono::seconds(1) <= live.client->created)
        refuse("Access Token has been revoked", "of a former client of that id");
    if (!token->user_id.empty()) {
        const bool is_current = seen && services.db.mark() == seen->mark;
        auto status = is_current ? seen->status : nullptr;
        if (!is_current) status = co_await impl_->look_up(digest, token);
        if (!status) throw Error{Errc::user_not_found, "User does not exist."};
        if (is_void(*token, *status)) refuse("Access Token has been revoked");
        if (!status->user_enabled) throw Error{Errc::not_authorized, "User is disabled."};
        live.user = {status, &status->user};
    } else if (co_await impl_->is_revoked(token)) {
        refuse("Access Token has been revoked");
    }
    live.token = std::move(token);
    co_return live;
}

}  // namespace symbolon::oauth
