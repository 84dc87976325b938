#include "oauth/tokens/id_token.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/logout_notices.hpp"
#include "oauth/acr.hpp"
#include "oauth/subjects.hpp"
#include "oauth/tokens/claims.hpp"
#include "oauth/tokens/mapped_claims.hpp"
#include "oauth/tokens/rotation.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;

/// The left half of the hash of what is handed out beside the token (OpenID Connect Core §3.3.2.11, Financial-grade API
/// 1.0 Part 2 §5.1).
std::string half_hash(std::string_view text) {
    const auto digest = crypto::sha256(text);
    return to_base64url(ByteView(digest).first(digest.size() / 2));
}

void add_hashes(object& claims, const FrontChannel& front, std::string_view access_token) {
    if (!access_token.empty()) claims["at_hash"] = half_hash(access_token);
    if (!front.code.empty()) claims["c_hash"] = half_hash(front.code);
    if (!front.state.empty()) claims["s_hash"] = half_hash(front.state);
}

/// The names under which the service knows a user; what a pairwise client must not learn.
void add_service_names(object& claims, const directory::Client& client, const directory::User& user) {
    claims.erase("identities");  // as an attribute it is text
    if (client.extensions.is_pairwise()) return;
    claims["cognito:username"] = user.username;
    if (auto identities = identities_claim(user)) claims["identities"] = std::move(*identities);
}

/// Only a client that does can do something with a `sid`: the service's ID tokens have none.
bool hears_of_logout(const directory::Client& client) {
    return client.extensions.backchannel_logout_uri || client.extensions.frontchannel_logout_uri;
}

}  // namespace

void add_common_claims(object& claims, const Signing& signing, std::string_view token_use, std::int64_t auth_time,
                       std::chrono::seconds life) {
    const auto now = to_seconds(signing.now);
    claims["token_use"] = token_use;
    claims["iss"] = signing.issuer;
    claims["auth_time"] = auth_time;
    claims["iat"] = now;
    claims["exp"] = now + life.count();
}

void add_revocation_claims(object& claims, const Signing& signing, const directory::Pool& pool,
                           const directory::Grant& grant) {
    const bool as_cognito = format_of(signing.client) == directory::AccessTokenFormat::cognito;
    const bool rotates = rotation_of(pool, signing.client, grant).replaces;
    if (as_cognito && !signing.client.revocation_enabled() && !rotates) return;
    claims["origin_jti"] = grant.id;
    claims["jti"] = signing.random.uuid();
}

void add_authentication(object& claims, const directory::Pool& pool, const directory::GrantDetails& details) {
    const auto amr = details.amr.value_or(std::vector<std::string>{});
    std::string acr = details.asked ? details.asked->acr.value_or("") : "";
    if (acr.empty() && directory::is_on(pool.extensions.strict_oidc))
        acr = acr_of(pool, level_of(amr, details.vouched_level), {});
    if (acr.empty()) return;
    claims["acr"] = std::move(acr);
    add_names(claims, "amr", amr);
}

void add_names(object& claims, std::string_view claim, const std::vector<std::string>& names) {
    if (!names.empty()) claims[claim] = boost::json::array(names.begin(), names.end());
}

std::string sign_id_token(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                          const directory::Grant& grant, const Content& content, std::string_view access_token) {
    const auto& details = grant.details;
    auto claims = claims_for(pool, signing.client, user, content.scopes);
    claims.reserve(claims.size() + 22);
    if (details.asked && details.asked->id_token_claims) {
        add_requested_claims(claims, pool, signing.client, user, *details.asked->id_token_claims);
    }
    claims["sub"] = subject_of(signing.sealer, signing.client, user.id);
    claims["aud"] = signing.client.id.str();
    add_service_names(claims, signing.client, user);
    add_names(claims, "cognito:groups", content.groups.names);
    add_names(claims, "cognito:roles", content.groups.roles);
    if (!content.groups.preferred_role.empty()) claims["cognito:preferred_role"] = content.groups.preferred_role;
    claims["event_id"] = details.event_id;
    if (!content.nonce.empty()) claims["nonce"] = content.nonce;
    add_mapped_claims(claims, pool, signing.client, user, content.groups.names, directory::ClaimPlace::id_token);
    if (details.hosted) add_hashes(claims, content.front, access_token);
    add_authentication(claims, pool, details);
    if (details.hosted && hears_of_logout(signing.client))
        claims["sid"] = directory::sid_of(signing.sealer, pool.id, grant.user_id, grant.auth_time);
    add_common_claims(claims, signing, "id", to_seconds(grant.auth_time), signing.client.id_token_life());
    add_revocation_claims(claims, signing, pool, grant);
    apply_changes(content.id_token, claims);
    auto token = crypto::jose::sign_jwt(signing.keys.id_token, claims);
    if (!signing.reader) return token;
    return signing.reader->encrypt(token, "JWT", signing.random);  // signed first (OpenID Connect Core §2)
}

}  // namespace symbolon::oauth
