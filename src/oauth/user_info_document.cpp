#include "oauth/user_info_document.hpp"

#include "crypto/jose/jwt.hpp"
#include "oauth/json_text.hpp"
#include "oauth/subjects.hpp"
#include "oauth/tokens/claims.hpp"
#include "oauth/tokens/mapped_claims.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

/// Calls `take(name, value)` for each claim but `sub`. A claim of both kinds comes once. What identity providers call
/// the user is not for pairwise clients.
template <class Take>
void for_each_user_info_claim(const Tokens::Live& live, Take&& take_any) {
    const auto& scopes = live.token->scopes;
    const auto take = [&](const std::string& name, const std::string& value) {
        if (name != "identities" || !live.client->extensions.is_pairwise()) take_any(name, value);
    };
    for_each_claim(*live.pool, *live.client, *live.user, scopes, take);
    if (live.token->userinfo_claims.empty()) return;
    const ScopeRelease released(*live.pool, scopes);
    for_each_requested_claim(*live.pool, *live.client, *live.user, live.token->userinfo_claims,
                             [&](const std::string& name, const std::string& value) {
                                 if (!released.releases(name)) take(name, value);
                             });
}

/// What pool and client declare, and what a token that its holder cannot read was given beside. It takes the place of
/// attributes, as in an ID token.
boost::json::object added_claims(const Tokens::Live& live) {
    boost::json::object added;
    add_mapped_claims(added, *live.pool, *live.client, *live.user, live.token->groups, directory::ClaimPlace::userinfo);
    if (!live.token->opaque) return added;
    for (const auto& [name, value] : live.token->more) added[name] = value;
    return added;
}

boost::json::object typed_claims(const crypto::Sealer& sealer, const Tokens::Live& live) {
    boost::json::object claims;
    claims["sub"] = subject_of(sealer, *live.client, live.user->id);
    for_each_user_info_claim(
        live, [&](const std::string& name, const std::string& value) { claims[name] = to_claim(name, value); });
    for (const auto& [name, value] : added_claims(live)) claims[name] = value;
    return claims;
}

}  // namespace

std::string user_info_json(const crypto::Sealer& sealer, const Tokens::Live& live) {
    if (directory::is_on(live.pool->extensions.strict_oidc)) {
        return boost::json::serialize(typed_claims(sealer, live));
    }
    std::string body;
    body.reserve(512);
    body += '{';
    append_json_member(body, "sub", subject_of(sealer, *live.client, live.user->id));
    const auto added = added_claims(live);
    for_each_user_info_claim(live, [&](const std::string& name, const std::string& value) {
        if (!added.contains(name)) append_json_member(body, name, value);
    });
    if (!live.client->extensions.is_pairwise()) append_json_member(body, "username", live.user->username);
    for (const auto& [name, value] : added) append_json_value(body, name, value);
    body += '}';
    return body;
}

std::string user_info_jwt(const crypto::Sealer& sealer, const Tokens::Live& live, std::string_view issuer,
                          const crypto::jose::SigningKey& key) {
    auto claims = typed_claims(sealer, live);
    claims["iss"] = issuer;
    claims["aud"] = live.client->id.str();
    return crypto::jose::sign_jwt(key, claims);
}

}  // namespace symbolon::oauth
