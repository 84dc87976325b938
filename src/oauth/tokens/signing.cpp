#include "oauth/tokens/signing.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"
#include "oauth/scopes.hpp"

#include <boost/json/object.hpp>

#include <algorithm>

namespace symbolon::oauth {
namespace {

using boost::json::object;

void add_common_claims(object& claims, const Signing& signing, std::string_view token_use, std::int64_t auth_time,
                       std::chrono::seconds life) {
    const auto now = to_seconds(signing.now);
    claims["token_use"] = token_use;
    claims["iss"] = signing.issuer;
    claims["auth_time"] = auth_time;
    claims["iat"] = now;
    claims["exp"] = now + life.count();
}

/// Only where revocation is on, as Cognito has it (oauth-and-hosted-ui.md §2.1).
void add_revocation_claims(object& claims, const Signing& signing, const directory::Grant& grant) {
    if (!signing.client.revocation_enabled()) return;
    claims["origin_jti"] = grant.id;
    claims["jti"] = signing.random.uuid();
}

std::string sign_access_token(const Signing& signing, const directory::User& user, const directory::Grant& grant,
                              const std::vector<std::string>& scopes, std::chrono::seconds life) {
    object claims;
    claims.reserve(16);
    claims["sub"] = user.id.str();
    claims["client_id"] = signing.client.id.str();
    claims["username"] = user.username;
    claims["scope"] = join_scopes(scopes);
    claims["event_id"] = grant.details.event_id;
    if (grant.details.hosted) claims["version"] = 2;
    add_common_claims(claims, signing, "access", to_seconds(grant.auth_time), life);
    add_revocation_claims(claims, signing, grant);
    return crypto::jose::sign_jwt(signing.keys.access_token, claims);
}

std::string sign_id_token(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                          const directory::Grant& grant, const std::vector<std::string>& scopes,
                          const std::string& nonce, std::string_view access_token) {
    auto claims = claims_for(pool, signing.client, user, scopes);
    claims.reserve(claims.size() + 14);
    claims["aud"] = signing.client.id.str();
    claims["cognito:username"] = user.username;
    claims["event_id"] = grant.details.event_id;
    if (!nonce.empty()) claims["nonce"] = nonce;
    if (grant.details.hosted) {
        const auto digest = crypto::sha256(access_token);
        claims["at_hash"] = to_base64url(ByteView(digest).first(digest.size() / 2));
    }
    add_common_claims(claims, signing, "id", to_seconds(grant.auth_time), signing.client.id_token_life());
    add_revocation_claims(claims, signing, grant);
    return crypto::jose::sign_jwt(signing.keys.id_token, claims);
}

}  // namespace

TokenSet sign_tokens(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                     const directory::Grant& grant, const std::vector<std::string>& scopes, const std::string& nonce) {
    const auto left = std::chrono::floor<std::chrono::seconds>(grant.expires - signing.now);
    const auto life = std::min(signing.client.access_token_life(), left);
    TokenSet set;
    set.access_token = sign_access_token(signing, user, grant, scopes, life);
    if (!grant.details.hosted || has_scope(scopes, openid_scope)) {
        set.id_token = sign_id_token(signing, pool, user, grant, scopes, nonce, set.access_token);
    }
    set.expires_in = life.count();
    set.scopes = scopes;
    return set;
}

TokenSet sign_client_token(const Signing& signing, const std::vector<std::string>& scopes) {
    const auto life = signing.client.access_token_life();
    object claims;
    claims.reserve(12);
    claims["sub"] = signing.client.id.str();
    claims["client_id"] = signing.client.id.str();
    claims["scope"] = join_scopes(scopes);
    claims["version"] = 2;
    claims["jti"] = signing.random.uuid();
    add_common_claims(claims, signing, "access", to_seconds(signing.now), life);
    TokenSet set;
    set.access_token = crypto::jose::sign_jwt(signing.keys.access_token, claims);
    set.expires_in = life.count();
    set.scopes = scopes;
    return set;
}

}  // namespace symbolon::oauth
