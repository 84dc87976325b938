#include "oauth/discovery.hpp"

#include "crypto/jose/encryption.hpp"
#include "oauth/acr.hpp"
#include "oauth/decryption_keys.hpp"
#include "oauth/grants/pipeline.hpp"
#include "oauth/security_profile.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;

array to_array(std::span<const std::string_view> names) {
    return array(names.begin(), names.end());
}

/// How a client may prove itself where it has to, and where it may be public. Secrets first.
constexpr std::array<std::string_view, 6> methods{"client_secret_basic", "client_secret_post",
                                                  "client_secret_jwt",   "private_key_jwt",
                                                  "tls_client_auth",     "self_signed_tls_client_auth"};

array proving_methods(const directory::Pool& pool) {
    const std::span<const std::string_view> all(methods);
    return to_array(is_fapi2(pool) ? all.subspan(3) : all);
}

array with_none(const directory::Pool& pool) {
    auto all = proving_methods(pool);
    if (!is_fapi2(pool)) all.emplace_back("none");
    return all;
}

array proof_algorithms(const directory::Pool& pool) {
    return to_array(client_algorithms(pool));
}

/// RFC 8414 §2, OpenID Connect Discovery §3.
array response_types(const directory::Pool& pool) {
    if (is_fapi2(pool)) return array{"code"};
    return array{"code", "token", "id_token", "code id_token", "code token", "id_token token", "code id_token token"};
}

/// Those of the keys that ID tokens are signed with, now and as long as others are published.
array id_token_algorithms(const directory::PoolKeys& keys) {
    array algorithms{crypto::jose::to_text(keys.id_token.algorithm())};
    for (const auto& other : keys.others) {
        const auto name = crypto::jose::to_text(other.key.algorithm());
        const bool known = std::ranges::any_of(algorithms, [&](const auto& a) { return a.as_string() == name; });
        if (other.use == directory::KeyUse::id_token && !known) algorithms.emplace_back(name);
    }
    return algorithms;
}

/// Their names, in their order. `of_key`: of keys of that type alone.
array key_managements(std::string_view of_key = {}) {
    array names;
    for (const auto alg : crypto::jose::all_key_managements)
        if (of_key.empty() || key_type_of(alg) == of_key) names.emplace_back(to_text(alg));
    return names;
}

array content_encryptions() {
    array names;
    for (const auto enc : crypto::jose::all_content_encryptions) names.emplace_back(to_text(enc));
    return names;
}

/// What is signed or encrypted, and how (OpenID Connect Discovery §3, JARM §4).
void add_protection(object& document, const directory::Pool& pool, const directory::PoolKeys& keys) {
    for (const std::string answer : {"id_token", "userinfo", "authorization"}) {
        document[answer + "_signing_alg_values_supported"] = id_token_algorithms(keys);
        document[answer + "_encryption_alg_values_supported"] = key_managements();
        document[answer + "_encryption_enc_values_supported"] = content_encryptions();
    }
    document["request_object_signing_alg_values_supported"] = proof_algorithms(pool);
    if (!directory::is_on(pool.extensions.encrypted_request_objects)) return;
    document["request_object_encryption_alg_values_supported"] = key_managements("EC");
    document["request_object_encryption_enc_values_supported"] = content_encryptions();
}

void add_endpoints(object& document, const Site& site) {
    const auto& url = site.endpoints_url;
    document["issuer"] = site.issuer;
    document["authorization_endpoint"] = url + "/oauth2/authorize";
    document["token_endpoint"] = url + "/oauth2/token";
    document["userinfo_endpoint"] = url + "/oauth2/userInfo";
    document["revocation_endpoint"] = url + "/oauth2/revoke";
    document["introspection_endpoint"] = url + "/oauth2/introspect";
    document["pushed_authorization_request_endpoint"] = url + "/oauth2/par";
    document["device_authorization_endpoint"] = url + "/oauth2/device_authorization";
    document["registration_endpoint"] = url + "/oauth2/register";
    document["end_session_endpoint"] = url + "/logout";
    document["jwks_uri"] = site.issuer + "/.well-known/jwks.json";
}

/// What an authorization request may ask for.
void add_authorization(object& document, const directory::Pool& pool) {
    document["response_types_supported"] = response_types(pool);
    document["response_modes_supported"] =
        array{"query", "fragment", "form_post", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt"};
    document["code_challenge_methods_supported"] = array{"S256"};  // plain is for single clients
    document["prompt_values_supported"] = array{"none", "login", "consent", "select_account"};
    array levels;
    for (int level = highest_level; level > 0; --level) levels.emplace_back(acr_name(pool, level));
    document["acr_values_supported"] = std::move(levels);
    document["display_values_supported"] = array{"page"};
    document["subject_types_supported"] = array{"public", "pairwise"};
    document["authorization_response_iss_parameter_supported"] = true;
    document["claims_parameter_supported"] = true;
    document["request_parameter_supported"] = true;
    document["request_uri_parameter_supported"] = true;
    document["require_request_uri_registration"] = true;
    document["require_pushed_authorization_requests"] = is_fapi2(pool);  // else of single clients
}

/// How clients prove themselves, and what they may get.
void add_clients(object& document, const directory::Pool& pool) {
    document["token_endpoint_auth_methods_supported"] = with_none(pool);
    document["revocation_endpoint_auth_methods_supported"] = with_none(pool);
    document["introspection_endpoint_auth_methods_supported"] = proving_methods(pool);
    auto assertion_algorithms = proof_algorithms(pool);
    if (!is_fapi2(pool)) assertion_algorithms.emplace_back("HS256");
    document["token_endpoint_auth_signing_alg_values_supported"] = std::move(assertion_algorithms);
    document["dpop_signing_alg_values_supported"] = proof_algorithms(pool);
    document["tls_client_certificate_bound_access_tokens"] = true;
    array grants;
    if (!is_fapi2(pool)) grants.emplace_back("implicit");
    for (const auto name : list_grant_types()) grants.emplace_back(name);
    document["grant_types_supported"] = std::move(grants);
}

void add_claims(object& document, const directory::Pool& pool, const std::vector<std::string>& live_scopes) {
    array scopes{"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"};
    if (directory::is_on(pool.extensions.strict_oidc)) scopes.emplace_back("address");
    for (const auto& scope : live_scopes) scopes.emplace_back(scope);
    document["scopes_supported"] = std::move(scopes);
    array claims;
    for (const std::string_view name : {"sub",
                                        "iss",
                                        "aud",
                                        "exp",
                                        "iat",
                                        "auth_time",
                                        "nonce",
                                        "at_hash",
                                        "c_hash",
                                        "s_hash",
                                        "acr",
                                        "amr",
                                        "sid",
                                        "email",
                                        "phone_number",
                                        "email_verified",
                                        "phone_number_verified",
                                        "name",
                                        "given_name",
                                        "family_name",
                                        "middle_name",
                                        "nickname",
                                        "preferred_username",
                                        "profile",
                                        "picture",
                                        "website",
                                        "gender",
                                        "birthdate",
                                        "zoneinfo",
                                        "locale",
                                        "updated_at",
                                        "address",
                                        "cognito:username"}) {
        claims.emplace_back(name);
    }
    document["claims_supported"] = std::move(claims);
    document["claim_types_supported"] = array{"normal"};
}

void add_logout(object& document) {
    for (const std::string_view member : {"backchannel_logout_supported", "backchannel_logout_session_supported",
                                          "frontchannel_logout_supported", "frontchannel_logout_session_supported"}) {
        document[member] = true;
    }
}

}  // namespace

object discovery_document(const Site& site, const std::vector<std::string>& live_scopes,
                          const directory::PoolKeys& keys) {
    object document;
    add_endpoints(document, site);
    add_authorization(document, *site.pool);
    add_protection(document, *site.pool, keys);
    add_clients(document, *site.pool);
    add_claims(document, *site.pool, live_scopes);
    add_logout(document);
    return document;
}

object jwks_document(const directory::Pool& pool, const directory::PoolKeys& keys) {
    array published{keys.id_token.public_jwk(), keys.access_token.public_jwk()};
    for (const auto& other : keys.others) published.emplace_back(other.key.public_jwk());
    if (directory::is_on(pool.extensions.encrypted_request_objects))
        published.emplace_back(encryption_key_of(keys).public_jwk());
    return object{{"keys", std::move(published)}};
}

}  // namespace symbolon::oauth
