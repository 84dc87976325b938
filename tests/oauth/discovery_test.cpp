#include "oauth/house.hpp"

#include <boost/json/serialize.hpp>

#include <set>

namespace symbolon::oauth {
namespace {

class Discovery : public House {
protected:
    boost::json::object document() { return json_of(get("/.well-known/openid-configuration")); }
};

TEST_F(Discovery, advertises_the_domain_but_the_pools_own_issuer) {
    const auto doc = document();
    EXPECT_EQ(text(doc, "issuer"), pool_url);
    EXPECT_EQ(text(doc, "jwks_uri"), std::string(pool_url) + "/.well-known/jwks.json");
    EXPECT_EQ(text(doc, "authorization_endpoint"), "https://id.example/ok-domain/oauth2/authorize");
    EXPECT_EQ(text(doc, "token_endpoint"), "https://id.example/ok-domain/oauth2/token");
    EXPECT_EQ(text(doc, "userinfo_endpoint"), "https://id.example/ok-domain/oauth2/userInfo");
    EXPECT_EQ(text(doc, "revocation_endpoint"), "https://id.example/ok-domain/oauth2/revoke");
    EXPECT_EQ(text(doc, "end_session_endpoint"), "https://id.example/ok-domain/logout");
}

TEST_F(Discovery, says_what_there_is_and_what_there_is_not) {
    const auto doc = document();
    const auto list = [&](const char* name) { return boost::json::serialize(doc.at(name)); };
    EXPECT_EQ(list("response_types_supported"),
              R"(["code","token","id_token","code id_token","code token","id_token token","code id_token token"])");
    EXPECT_EQ(list("response_modes_supported"),
              R"(["query","fragment","form_post","jwt","query.jwt","fragment.jwt","form_post.jwt"])");
    EXPECT_EQ(list("prompt_values_supported"), R"(["none","login","consent","select_account"])");
    EXPECT_EQ(list("subject_types_supported"), R"(["public","pairwise"])");
    EXPECT_EQ(list("id_token_signing_alg_values_supported"), R"(["RS256"])");
    EXPECT_EQ(list("code_challenge_methods_supported"), R"(["S256"])");
    EXPECT_EQ(list("token_endpoint_auth_methods_supported"),
              R"(["client_secret_basic","client_secret_post","client_secret_jwt","private_key_jwt",)"
              R"("tls_client_auth","self_signed_tls_client_auth","none"])");
    EXPECT_NE(list("grant_types_supported").find("\"implicit\",\"authorization_code\",\"refresh_token\""),
              std::string::npos);
    EXPECT_NE(list("scopes_supported").find("https://api.example/v1/read"), std::string::npos);
    EXPECT_EQ(list("scopes_supported").find("address"), std::string::npos);
    for (const char* member : {"authorization_response_iss_parameter_supported", "request_uri_parameter_supported",
                               "require_request_uri_registration", "claims_parameter_supported"}) {
        EXPECT_TRUE(doc.at(member).as_bool()) << member;
    }
    EXPECT_EQ(list("request_object_signing_alg_values_supported"), R"(["RS256","PS256","ES256","EdDSA"])");
    EXPECT_EQ(list("acr_values_supported"),
              R"(["urn:cognito:loa:4","urn:cognito:loa:3","urn:cognito:loa:2","urn:cognito:loa:1"])");
}

TEST_F(Discovery, of_a_pool_that_keeps_to_the_standards_has_their_scopes) {
    extend_pool([](auto& e) { e.strict_oidc = true; });
    const auto doc = document();
    const auto& scopes = doc.at("scopes_supported").as_array();
    EXPECT_NE(std::ranges::find(scopes, boost::json::value("address")), scopes.end());
}

TEST_F(Discovery, every_endpoint_that_it_names_is_answered) {
    for (const auto& [name, value] : document()) {
        if (!name.ends_with("_endpoint") && name != "jwks_uri") continue;
        const std::string path(value.as_string().subview(base_url.size()));
        const auto found = run(sites->find("id.example", path));
        ASSERT_TRUE(found) << path;
        EXPECT_TRUE(endpoints->knows(found->path)) << path;
    }
}

TEST_F(Discovery, is_the_same_document_under_the_name_of_rfc_8414) {
    EXPECT_EQ(json_of(get("/.well-known/oauth-authorization-server")), document());
}

// Attack class 39.
TEST_F(Discovery, the_key_set_has_two_public_rsa_keys_and_nothing_private) {
    const auto answer = get("/.well-known/jwks.json");
    EXPECT_EQ(header(answer, "Content-Type"), "application/json");
    const auto keys = json_of(answer).at("keys").as_array();
    ASSERT_EQ(keys.size(), 2U);
    std::set<std::string> kids;
    for (const auto& key : keys) {
        std::set<std::string> members;
        for (const auto& [name, value] : key.as_object()) members.insert(std::string(name));
        EXPECT_EQ(members, (std::set<std::string>{"alg", "e", "kid", "kty", "n", "use"}));
        EXPECT_EQ(text(key.as_object(), "kty"), "RSA");
        EXPECT_EQ(text(key.as_object(), "e"), "AQAB");
        EXPECT_EQ(text(key.as_object(), "kid").size(), 44U);
        kids.insert(text(key.as_object(), "kid"));
    }
    EXPECT_EQ(kids.size(), 2U);
    EXPECT_EQ(answer.body.find("\"d\""), std::string::npos);
    EXPECT_EQ(answer.body.find("PRIVATE"), std::string::npos);
}

TEST_F(Discovery, may_be_cached) {
    EXPECT_EQ(header(get("/.well-known/jwks.json"), "Cache-Control"), "public, max-age=300");
    EXPECT_EQ(header(get("/.well-known/openid-configuration"), "Cache-Control"), "public, max-age=3600");
}

}  // namespace
}  // namespace symbolon::oauth
