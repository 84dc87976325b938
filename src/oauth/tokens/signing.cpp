#include "oauth/tokens/signing.hpp"

#include "crypto/jose/jwt.hpp"
#include "oauth/scopes.hpp"
#include "oauth/tokens/access_token.hpp"
#include "oauth/tokens/id_token.hpp"
#include "oauth/tokens/mapped_claims.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::oauth {
namespace {

using boost::json::object;

/// Whom the token is for, where the request said it (RFC 8707 §2).
void add_audience(object& claims, const std::vector<std::string>& resources) {
    if (resources.size() == 1) claims["aud"] = resources.front();
    if (resources.size() > 1) claims["aud"] = boost::json::array(resources.begin(), resources.end());
}

/// RFC 9068 §2: the type that no ID token has, and an audience, which is the pool where none was asked for.
std::string sign_standard_access_token(const Signing& signing, object& claims) {
    if (!claims.contains("aud")) claims["aud"] = signing.issuer;
    return crypto::jose::sign_jwt(signing.keys.access_token, claims, "at+jwt");
}

/// The access token of these claims, in the form that the client is set to.
void put_access_token(Signed& made, const Signing& signing, object claims) {
    if (!signing.bound.empty()) claims["cnf"] = confirmation_claim(signing.bound);
    made.set.by_dpop = !signing.bound.jkt.empty();
    switch (format_of(signing.client)) {
        case directory::AccessTokenFormat::cognito:
            made.set.access_token = crypto::jose::sign_jwt(signing.keys.access_token, claims);
            made.claims = std::move(claims);
            return;
        case directory::AccessTokenFormat::jwt:
            made.set.access_token = sign_standard_access_token(signing, claims);
            made.claims = std::move(claims);
            return;
        case directory::AccessTokenFormat::opaque: {
            auto opaque = make_opaque_token(signing.sealer, signing.client.pool_id, signing.random.token(), claims);
            made.set.access_token = std::move(opaque.text);
            made.row = std::move(opaque.row);
            return;
        }
    }
}

object access_claims(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                     const directory::Grant& grant, const Content& content, std::chrono::seconds life) {
    object claims;
    claims.reserve(20);
    claims["sub"] = user.id.str();
    add_names(claims, "cognito:groups", content.groups.names);
    claims["client_id"] = signing.client.id.str();
    claims["username"] = user.username;
    claims["scope"] = join_scopes(content.access_scopes);
    claims["event_id"] = grant.details.event_id;
    if (grant.details.hosted) claims["version"] = 2;
    if (grant.details.device_key && !grant.details.new_device) claims["device_key"] = *grant.details.device_key;
    add_authentication(claims, pool, grant.details);
    if (const auto& asked = grant.details.asked) {
        if (asked->resources) add_audience(claims, *asked->resources);
        if (asked->userinfo_claims) add_names(claims, userinfo_claims_claim, *asked->userinfo_claims);
    }
    add_common_claims(claims, signing, "access", to_seconds(grant.auth_time), life);
    add_revocation_claims(claims, signing, pool, grant);
    add_mapped_claims(claims, pool, signing.client, user, content.groups.names, directory::ClaimPlace::access_token);
    apply_changes(content.access_token, claims);
    return claims;
}

}  // namespace

directory::AccessTokenFormat format_of(const directory::Client& client) {
    // A pairwise client must not read the user's id and name in what it carries.
    if (client.extensions.is_pairwise()) return directory::AccessTokenFormat::opaque;
    return client.extensions.access_token_format.value_or(directory::AccessTokenFormat::cognito);
}

Signed sign_tokens(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                   const directory::Grant& grant, const Content& content) {
    const auto left = std::chrono::floor<std::chrono::seconds>(grant.expires - signing.now);
    const auto life = std::min(signing.client.access_token_life(), left);
    Signed made;
    auto& set = made.set;
    const auto& front = content.front;
    if (front.access_token) put_access_token(made, signing, access_claims(signing, pool, user, grant, content, life));
    if (front.id_token && (!grant.details.hosted || has_scope(content.scopes, openid_scope))) {
        set.id_token = sign_id_token(signing, pool, user, grant, content, set.access_token);
    }
    set.expires_in = life.count();
    set.scopes = content.access_scopes;
    return made;
}

Signed sign_client_token(const Signing& signing, const Content& content, const std::vector<std::string>& resources) {
    const auto life = signing.client.access_token_life();
    object claims;
    claims.reserve(12);
    claims["sub"] = signing.client.id.str();
    claims["client_id"] = signing.client.id.str();
    claims["scope"] = join_scopes(content.access_scopes);
    claims["version"] = 2;
    claims["jti"] = signing.random.uuid();
    add_audience(claims, resources);
    add_common_claims(claims, signing, "access", to_seconds(signing.now), life);
    apply_changes(content.access_token, claims);
    Signed made;
    put_access_token(made, signing, std::move(claims));
    made.set.expires_in = life.count();
    made.set.scopes = content.access_scopes;
    return made;
}

Signed sign_exchanged_token(const Signing& signing, const directory::Pool& pool, const TokenExchange& exchange) {
    const auto& subject = *exchange.subject;
    const auto left = std::chrono::floor<std::chrono::seconds>(subject.expires - signing.now);
    const auto life = std::min(signing.client.access_token_life(), left);
    object claims;
    claims.reserve(16);
    claims["sub"] = subject.user_id.str();
    add_names(claims, "cognito:groups", subject.groups);
    claims["client_id"] = signing.client.id.str();
    claims["username"] = subject.username;
    claims["scope"] = join_scopes(exchange.scopes);
    claims["version"] = 2;
    if (!exchange.actor.empty()) claims["act"] = exchange.actor;
    add_audience(claims, exchange.resources);
    add_common_claims(claims, signing, "access", to_seconds(subject.auth_time), life);
    if (!subject.grant_id.empty()) claims["origin_jti"] = subject.grant_id;
    claims["jti"] = signing.random.uuid();
    add_mapped_claims(claims, pool, signing.client, *exchange.user, subject.groups,
                      directory::ClaimPlace::access_token);
    Signed made;
    put_access_token(made, signing, std::move(claims));
    made.set.expires_in = life.count();
    made.set.scopes = exchange.scopes;
    return made;
}

}  // namespace symbolon::oauth
