#include "oauth/discovery.hpp"

#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;

/// What Cognito publishes (oauth-and-hosted-ui.md §1.11).
void add_cognito_members(object& document, const Site& site) {
    const auto& url = site.endpoints_url;
    document["issuer"] = site.issuer;
    document["authorization_endpoint"] = url + "/oauth2/authorize";
    document["token_endpoint"] = url + "/oauth2/token";
    document["userinfo_endpoint"] = url + "/oauth2/userInfo";
    document["revocation_endpoint"] = url + "/oauth2/revoke";
    document["end_session_endpoint"] = url + "/logout";
    document["jwks_uri"] = site.issuer + "/.well-known/jwks.json";
    document["response_types_supported"] = array{"code", "token"};
    document["subject_types_supported"] = array{"public"};
    document["id_token_signing_alg_values_supported"] = array{"RS256"};
    document["token_endpoint_auth_methods_supported"] = array{"client_secret_basic", "client_secret_post", "none"};
}

/// What the standards want said beside it (Appendix A): each only because it is there.
void add_standard_members(object& document, const std::vector<std::string>& live_scopes) {
    array scopes{"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"};
    for (const auto& scope : live_scopes) scopes.emplace_back(scope);
    document["scopes_supported"] = std::move(scopes);
    document["grant_types_supported"] = array{"authorization_code", "implicit", "refresh_token", "client_credentials"};
    document["response_modes_supported"] = array{"query", "fragment"};
    document["code_challenge_methods_supported"] = array{"S256"};
    document["authorization_response_iss_parameter_supported"] = true;
    document["revocation_endpoint_auth_methods_supported"] = array{"client_secret_basic", "client_secret_post", "none"};
    document["claims_supported"] = array{"sub",          "iss",
                                         "aud",          "exp",
                                         "iat",          "auth_time",
                                         "nonce",        "at_hash",
                                         "email",        "email_verified",
                                         "phone_number", "phone_number_verified",
                                         "name",         "given_name",
                                         "family_name",  "middle_name",
                                         "nickname",     "preferred_username",
                                         "profile",      "picture",
                                         "website",      "gender",
                                         "birthdate",    "zoneinfo",
                                         "locale",       "updated_at",
                                         "address",      "cognito:username"};
    document["claim_types_supported"] = array{"normal"};
    document["prompt_values_supported"] = array{"none", "login"};
    document["claims_parameter_supported"] = false;
    document["request_parameter_supported"] = false;
    document["request_uri_parameter_supported"] = false;  // its default is true
}

}  // namespace

object discovery_document(const Site& site, const std::vector<std::string>& live_scopes) {
    object document;
    add_cognito_members(document, site);
    add_standard_members(document, live_scopes);
    return document;
}

object jwks_document(const directory::PoolKeys& keys) {
    array published{keys.id_token.public_jwk(), keys.access_token.public_jwk()};
    for (const auto& key : keys.retired) published.emplace_back(key.public_jwk());
    return object{{"keys", std::move(published)}};
}

/// OpenID Connect Discovery §4 and RFC 8414 §3: the same document under both names.
Task<net::Response> serve_discovery(Doors& doors, Site site, net::Request /*request*/) {
    const auto live_scopes = co_await doors.services.catalog.list_scopes(site.pool->id);
    co_return net::json(200, discovery_document(site, *live_scopes));
}

/// RFC 7517 §5.
Task<net::Response> serve_jwks(Doors& doors, Site site, net::Request /*request*/) {
    const auto keys = co_await doors.services.catalog.get_keys(site.pool->id);
    co_return net::json(200, jwks_document(*keys));
}

}  // namespace symbolon::oauth
