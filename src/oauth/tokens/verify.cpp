#include "base/error.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/token_status.hpp"
#include "oauth/scopes.hpp"
#include "oauth/tokens/impl.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;

[[noreturn]] void refuse(const char* message, const char* detail = "") {
    throw Error{Errc::token_not_accepted, message, detail};
}

std::string text_claim(const object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string{};
}

std::optional<Instant> time_claim(const object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    const auto* seconds = value ? value->if_int64() : nullptr;
    // Before the year 3000, so that no arithmetic on it overflows.
    if (!seconds || *seconds < 0 || *seconds > 32'503'680'000) return std::nullopt;
    return Instant{std::chrono::seconds{*seconds}};
}

/// Nothing when a claim that every access token of ours has is missing.
std::optional<AccessToken> to_access_token(const object& claims, PoolId pool) {
    const auto expires = time_claim(claims, "exp");
    const auto issued = time_claim(claims, "iat");
    const auto auth_time = time_claim(claims, "auth_time");
    auto subject = text_claim(claims, "sub");
    AccessToken token;
    token.client_id = ClientId(text_claim(claims, "client_id"));
    if (!expires || !issued || !auth_time || subject.empty() || token.client_id.empty()) return std::nullopt;
    token.pool_id = std::move(pool);
    token.username = text_claim(claims, "username");
    // A token of a client for itself has the client as its subject and no user name (§2.3).
    if (!token.username.empty()) token.user_id = UserId(std::move(subject));
    token.scopes = parse_scopes(text_claim(claims, "scope"));
    token.grant_id = text_claim(claims, "origin_jti");
    token.issued = *issued;
    token.expires = *expires;
    token.auth_time = *auth_time;
    return token;
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

Task<std::shared_ptr<const AccessToken>> Tokens::Impl::authenticate(std::string access_token) {
    const auto jwt = crypto::jose::parse_jwt(access_token);
    if (!jwt || text_claim(jwt->claims, "token_use") != "access") refuse("Invalid Access Token");
    const auto pool = pool_of(text_claim(jwt->claims, "iss"), base_url);
    if (pool.empty()) refuse("Invalid Access Token", "another issuer");
    co_await services.catalog.get_pool(pool);
    const auto keys = co_await services.catalog.get_keys(pool);
    // The key is chosen by the pool that the token names and by its use: an ID token's key proves no access token.
    const auto* key = jwt->kid == keys->id_token.kid() ? nullptr : keys->find(jwt->kid);
    if (!key || !key->verify(bytes_of(jwt->signed_part), jwt->signature)) {
        refuse("Could not verify signature for Access Token");
    }
    auto token = to_access_token(jwt->claims, pool);
    if (!token) refuse("Invalid Access Token", "a claim is missing");
    co_return std::make_shared<const AccessToken>(std::move(*token));
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
    auto& services = impl_->services;
    const auto digest = crypto::sha256(access_token);
    auto [token, seen] = impl_->verified.find(digest);
    if (!token) {
        token = co_await impl_->authenticate(std::move(access_token));
        impl_->verified.add(digest, {token, std::nullopt});
    }
    if (token->expires <= services.clock.now()) refuse("Access Token has expired");
    Live live;
    live.pool = co_await services.catalog.find_pool(token->pool_id);
    if (!live.pool) throw Error{Errc::resource_not_found, "User pool " + token->pool_id.str() + " does not exist."};
    live.client = co_await services.catalog.find_client(token->client_id);
    if (!live.client || live.client->pool_id != token->pool_id)
        refuse("Access Token has been revoked", "no such client");
    if (!token->user_id.empty()) {
        const bool is_current = seen && services.db.mark() == seen->mark;
        auto status = is_current ? seen->status : nullptr;
        if (!is_current) status = co_await impl_->look_up(digest, token);
        if (!status) throw Error{Errc::user_not_found, "User does not exist."};
        if (is_void(*token, *status)) refuse("Access Token has been revoked");
        if (!status->user_enabled) throw Error{Errc::not_authorized, "User is disabled."};
        live.user = {status, &status->user};
    }
    live.token = std::move(token);
    co_return live;
}

Task<std::optional<ClientId>> Tokens::find_id_token_client(signin::PoolPtr pool, std::string id_token) {
    const auto jwt = crypto::jose::parse_jwt(id_token);
    if (!jwt || text_claim(jwt->claims, "token_use") != "id") co_return std::nullopt;
    if (text_claim(jwt->claims, "iss") != impl_->issuer_of(pool->id)) co_return std::nullopt;
    const auto keys = co_await impl_->services.catalog.get_keys(pool->id);
    const auto* key = jwt->kid == keys->access_token.kid() ? nullptr : keys->find(jwt->kid);
    if (!key || !key->verify(bytes_of(jwt->signed_part), jwt->signature)) co_return std::nullopt;
    co_return ClientId(text_claim(jwt->claims, "aud"));
}

}  // namespace symbolon::oauth
