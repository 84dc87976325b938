#include "oauth/tokens/access_token.hpp"

#include "base/error.hpp"
#include "directory/claim_mappings.hpp"
#include "oauth/jwt_claims.hpp"
#include "oauth/scopes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;

constexpr std::size_t secret_length = 43;  // 256 bits in base64url

std::vector<std::string> names_claim(const object& claims, std::string_view name) {
    std::vector<std::string> names;
    const auto* value = claims.if_contains(name);
    const auto* list = value ? value->if_array() : nullptr;
    if (!list) return names;
    for (const auto& member : *list) {
        if (member.is_string()) names.emplace_back(member.get_string());
    }
    return names;
}

Confirmation read_confirmation(const object& claims) {
    const auto* value = claims.if_contains("cnf");
    const auto* members = value ? value->if_object() : nullptr;
    if (!members) return {};
    return {text_claim(*members, "jkt"), text_claim(*members, "x5t#S256")};
}

object object_claim(const object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    const auto* members = value ? value->if_object() : nullptr;
    return members ? *members : object{};
}

constexpr std::string_view may_act_claim = "may_act";

/// What is not ours to say: added by the pool's settings, or by its hook.
object added_claims(const object& claims) {
    object added;
    for (const auto& [name, value] : claims) {
        const bool is_ours =
            name == userinfo_claims_claim || name == may_act_claim || directory::is_reserved_claim(name);
        if (!is_ours) added[name] = value;
    }
    return added;
}

std::string to_stored_text(const object& claim) {
    return claim.empty() ? std::string{} : boost::json::serialize(claim);
}

object from_stored_text(const std::string& text) {
    return text.empty() ? object{} : boost::json::parse(text).as_object();
}

directory::AccessTokenDetails to_details(AccessToken token) {
    directory::AccessTokenDetails details{.id = std::move(token.id),
                                          .client_id = token.client_id.str(),
                                          .user_id = token.user_id.str(),
                                          .username = std::move(token.username),
                                          .grant_id = std::move(token.grant_id),
                                          .scopes = std::move(token.scopes),
                                          .audience = std::move(token.audience),
                                          .groups = std::move(token.groups),
                                          .issued_ms = to_ms(token.issued),
                                          .auth_ms = to_ms(token.auth_time),
                                          .jkt = std::move(token.bound.jkt),
                                          .x5t = std::move(token.bound.x5t),
                                          .actor = to_stored_text(token.actor),
                                          .may_act = to_stored_text(token.may_act)};
    if (!token.userinfo_claims.empty()) details.userinfo_claims = std::move(token.userinfo_claims);
    if (!token.more.empty()) details.more = boost::json::serialize(token.more);
    return details;
}

}  // namespace

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
    token.id = text_claim(claims, "jti");
    token.audience = audience_claim(claims);
    token.groups = names_claim(claims, "cognito:groups");
    token.bound = read_confirmation(claims);
    token.actor = object_claim(claims, "act");
    token.may_act = object_claim(claims, may_act_claim);
    token.userinfo_claims = names_claim(claims, userinfo_claims_claim);
    token.more = added_claims(claims);
    return token;
}

OpaqueToken make_opaque_token(const crypto::Sealer& sealer, const PoolId& pool, std::string secret,
                              const object& claims) {
    auto token = to_access_token(claims, pool);
    if (!token) throw Error{Errc::internal, {}, "an access token without a claim"};
    const auto expires = token->expires;
    auto text = pool.str() + "." + std::move(secret);
    auto hash = hash_opaque_token(sealer, pool, text);
    return {std::move(text), {pool, std::move(hash), to_details(std::move(*token)), expires}};
}

AccessToken to_access_token(directory::StoredAccessToken row) {
    auto& details = row.details;
    AccessToken token;
    token.pool_id = std::move(row.pool_id);
    token.client_id = ClientId(std::move(details.client_id));
    token.user_id = UserId(std::move(details.user_id));
    token.username = std::move(details.username);
    token.scopes = std::move(details.scopes);
    token.grant_id = std::move(details.grant_id);
    token.issued = from_ms(details.issued_ms);
    token.expires = row.expires;
    token.auth_time = from_ms(details.auth_ms);
    token.id = std::move(details.id);
    token.audience = std::move(details.audience);
    token.groups = std::move(details.groups);
    token.bound = {std::move(details.jkt), std::move(details.x5t)};
    token.actor = from_stored_text(details.actor);
    token.may_act = from_stored_text(details.may_act);
    if (details.userinfo_claims) token.userinfo_claims = std::move(*details.userinfo_claims);
    token.more = from_stored_text(details.more.value_or(""));
    token.opaque = true;
    return token;
}

Bytes hash_opaque_token(const crypto::Sealer& sealer, const PoolId& pool, std::string_view token) {
    return sealer.keyed_hash("opaque access token", pool.str(), token);
}

std::optional<PoolId> pool_of_opaque_token(std::string_view token) {
    constexpr std::size_t longest_pool_id = 55;
    if (token.size() < secret_length + 2 || token.size() > longest_pool_id + 1 + secret_length) return std::nullopt;
    const auto dot = token.size() - secret_length - 1;
    if (token.find('.') != dot) return std::nullopt;
    return PoolId(std::string(token.substr(0, dot)));
}

std::string revoked_access_token(const AccessToken& token) {
    return "revoked access token " + token.id;
}

object confirmation_claim(const Confirmation& bound) {
    object claim;
    if (!bound.jkt.empty()) claim["jkt"] = bound.jkt;
    if (!bound.x5t.empty()) claim["x5t#S256"] = bound.x5t;
    return claim;
}

}  // namespace symbolon::oauth
