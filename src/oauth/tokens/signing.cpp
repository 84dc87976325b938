#include "oauth/tokens/signing.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"
#include "oauth/scopes.hpp"
#include "oauth/tokens/claims.hpp"
#include "oauth/tokens/rotation.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

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

/// Only where something may end the family, as Cognito has it (oauth-and-hosted-ui.md §2.1).
void add_revocation_claims(object& claims, const Signing& signing, const directory::Grant& grant) {
    if (!signing.client.revocation_enabled() && !rotates(signing.client)) return;
    claims["origin_jti"] = grant.id;
    claims["jti"] = signing.random.uuid();
}

void add_names(object& claims, std::string_view claim, const std::vector<std::string>& names) {
    if (!names.empty()) claims[claim] = boost::json::array(names.begin(), names.end());
}

std::string sign_access_token(const Signing& signing, const directory::User& user, const directory::Grant& grant,
                              const Content& content, std::chrono::seconds life) {
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
    add_common_claims(claims, signing, "access", to_seconds(grant.auth_time), life);
    add_revocation_claims(claims, signing, grant);
    apply_changes(content.access_token, claims);
    return crypto::jose::sign_jwt(signing.keys.access_token, claims);
}

std::string sign_id_token(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                          const directory::Grant& grant, const Content& content, std::string_view access_token) {
    auto claims = claims_for(pool, signing.client, user, content.scopes);
    claims.reserve(claims.size() + 18);
    claims["aud"] = signing.client.id.str();
    claims["cognito:username"] = user.username;
    add_names(claims, "cognito:groups", content.groups.names);
    add_names(claims, "cognito:roles", content.groups.roles);
    if (!content.groups.preferred_role.empty()) claims["cognito:preferred_role"] = content.groups.preferred_role;
    claims["event_id"] = grant.details.event_id;
    if (auto identities = identities_claim(user)) claims["identities"] = std::move(*identities);
    if (!content.nonce.empty()) claims["nonce"] = content.nonce;
    if (grant.details.hosted) {
        const auto digest = crypto::sha256(access_token);
        claims["at_hash"] = to_base64url(ByteView(digest).first(digest.size() / 2));
    }
    add_common_claims(claims, signing, "id", to_seconds(grant.auth_time), signing.client.id_token_life());
    add_revocation_claims(claims, signing, grant);
    apply_changes(content.id_token, claims);
    return crypto::jose::sign_jwt(signing.keys.id_token, claims);
}

}  // namespace

TokenSet sign_tokens(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                     const directory::Grant& grant, const Content& content) {
    const auto left = std::chrono::floor<std::chrono::seconds>(grant.expires - signing.now);
    const auto life = std::min(signing.client.access_token_life(), left);
    TokenSet set;
    set.access_token = sign_access_token(signing, user, grant, content, life);
    if (!grant.details.hosted || has_scope(content.scopes, openid_scope)) {
        set.id_token = sign_id_token(signing, pool, user, grant, content, set.access_token);
    }
    set.expires_in = life.count();
    set.scopes = content.access_scopes;
    return set;
}

TokenSet sign_client_token(const Signing& signing, const Content& content) {
    const auto life = signing.client.access_token_life();
    object claims;
    claims.reserve(12);
    claims["sub"] = signing.client.id.str();
    claims["client_id"] = signing.client.id.str();
    claims["scope"] = join_scopes(content.access_scopes);
    claims["version"] = 2;
    claims["jti"] = signing.random.uuid();
    add_common_claims(claims, signing, "access", to_seconds(signing.now), life);
    apply_changes(content.access_token, claims);
    TokenSet set;
    set.access_token = crypto::jose::sign_jwt(signing.keys.access_token, claims);
    set.expires_in = life.count();
    set.scopes = content.access_scopes;
    return set;
}

}  // namespace symbolon::oauth
