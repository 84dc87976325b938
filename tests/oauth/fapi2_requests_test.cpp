// What the FAPI 2.0 Security Profile asks of authorization requests (§5.3.2.2), step by step as the modules of the
// OpenID Foundation's plan do (docs/conformance.md).
#include "oauth/fapi2_house.hpp"

namespace symbolon::oauth {
namespace {

using namespace std::chrono_literals;

TEST_F(Fapi2, says_what_it_takes) {
    const auto document = json_of(get("/.well-known/openid-configuration"));
    const auto list = [&](const char* name) { return boost::json::serialize(document.at(name)); };
    EXPECT_EQ(list("response_types_supported"), R"(["code"])");
    EXPECT_EQ(list("code_challenge_methods_supported"), R"(["S256"])");
    EXPECT_EQ(list("token_endpoint_auth_methods_supported"),
              R"(["private_key_jwt","tls_client_auth","self_signed_tls_client_auth"])");
    for (const char* algorithms :
         {"token_endpoint_auth_signing_alg_values_supported", "dpop_signing_alg_values_supported",
          "request_object_signing_alg_values_supported"}) {
        EXPECT_EQ(list(algorithms), R"(["PS256","ES256","EdDSA"])") << algorithms;
    }
    EXPECT_EQ(list("id_token_signing_alg_values_supported"), R"(["ES256"])");
    EXPECT_EQ(list("grant_types_supported").find("implicit"), std::string::npos);
    for (const char* member :
         {"require_pushed_authorization_requests", "authorization_response_iss_parameter_supported",
          "tls_client_certificate_bound_access_tokens"}) {
        EXPECT_TRUE(document.at(member).as_bool()) << member;
    }
    EXPECT_TRUE(document.contains("pushed_authorization_request_endpoint"));
}

TEST_F(Fapi2, a_pushed_request_brings_a_code_and_that_tokens) {
    const auto url = visit(pushed());
    EXPECT_EQ(parameter_of(url, "iss"), pool_url);
    EXPECT_EQ(parameter_of(url, "state"), "of this request");
    const auto answer = exchange(parameter_of(url, "code"));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto got = json_of(answer);
    EXPECT_EQ(text(got, "token_type"), "DPoP");
    const auto id_token = crypto::jose::parse_jwt(text(got, "id_token"));
    ASSERT_TRUE(id_token);
    EXPECT_EQ(id_token->alg, "ES256");
    EXPECT_EQ(text(id_token->claims, "nonce"), "of the ID token");
    EXPECT_EQ(look(text(got, "access_token")).status, 200);
}

TEST_F(Fapi2, a_request_that_was_not_pushed_is_refused) {
    const auto url = location(authorize({{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}},
                                        {sign_in_browser()}));
    EXPECT_EQ(parameter_of(url, "error"), "invalid_request");
    EXPECT_EQ(parameter_of(url, "code"), "");
}

TEST_F(Fapi2, nothing_but_a_code_is_answered) {
    change_client(web, [](auto& settings) {
        settings.AllowedOAuthFlows =
            List<directory::OAuthFlowType, 0, 3>{directory::OAuthFlowType::code, directory::OAuthFlowType::implicit};
    });
    for (const char* type : {"code id_token", "token", "id_token", "code token"}) {
        EXPECT_EQ(error_of_push({{"response_type", type}}), "unsupported_response_type") << type;
    }
}

TEST_F(Fapi2, a_request_names_its_redirect_uri) {
    change_client(web, [](auto& settings) {
        settings.CallbackURLs = List<directory::shape::RedirectUrl, 0, 100>{std::string(callback)};
    });
    EXPECT_EQ(error_of_push({{"redirect_uri", ""}}), "invalid_request");
    EXPECT_EQ(error_of_push({{"redirect_uri", "https://ok.example/other"}}), "invalid_request");
}

TEST_F(Fapi2, a_request_has_a_challenge_of_S256) {
    extend_client(web, [](auto& e) { e.allow_plain_pkce = true; });
    EXPECT_EQ(error_of_push({{"code_challenge", ""}, {"code_challenge_method", ""}}), "invalid_request");
    EXPECT_EQ(error_of_push({{"code_challenge_method", "plain"}}), "invalid_request");
    EXPECT_EQ(error_of_push({{"code_challenge_method", ""}}), "invalid_request");
}

TEST_F(Fapi2, a_push_holds_no_request_uri) {
    EXPECT_EQ(error_of_push({{"request_uri", pushed()}}), "invalid_request");
}

TEST_F(Fapi2, pushes_are_posted) {
    EXPECT_EQ(get(par_path).status, 405);
}

TEST_F(Fapi2, a_request_uri_is_answered_once_however_often_it_is_opened) {
    const auto request_uri = pushed();
    const auto query = "/oauth2/authorize?" + encode({{"client_id", web.str()}, {"request_uri", request_uri}});
    EXPECT_TRUE(location(get(query)).starts_with(std::string(pool_url) + "/login?"));
    EXPECT_TRUE(location(get(query)).starts_with(std::string(pool_url) + "/login?"));
    EXPECT_NE(parameter_of(visit(request_uri), "code"), "");
    EXPECT_EQ(parameter_of(visit(request_uri), "code"), "");
}

TEST_F(Fapi2, a_request_uri_expires_within_ten_minutes) {
    const auto answer = push();
    ASSERT_EQ(answer.status, 201);
    EXPECT_LT(json_of(answer).at("expires_in").as_int64(), 600);
    clock.advance(std::chrono::seconds(json_of(answer).at("expires_in").as_int64()));
    EXPECT_EQ(parameter_of(visit(text(json_of(answer), "request_uri")), "code"), "");
}

TEST_F(Fapi2, a_request_uri_is_of_the_client_that_pushed_it) {
    const auto url = visit(pushed(), app);
    EXPECT_TRUE(url.starts_with(std::string(pool_url) + "/error?")) << url;
}

TEST_F(Fapi2, what_was_not_sent_does_not_come_back) {
    const auto url = visit(pushed({{"state", ""}, {"nonce", ""}}));
    EXPECT_EQ(url.find("state="), std::string::npos) << url;
    const auto got = json_of(exchange(parameter_of(url, "code")));
    EXPECT_FALSE(claims_of(text(got, "id_token")).contains("nonce"));
}

TEST_F(Fapi2, long_values_come_back_whole) {
    const std::string nonce(384, 'n');
    const std::string state(1024, 's');
    const auto url = visit(pushed({{"state", state}, {"nonce", nonce}}));
    EXPECT_EQ(parameter_of(url, "state"), state);
    EXPECT_EQ(text(claims_of(text(json_of(exchange(parameter_of(url, "code"))), "id_token")), "nonce"), nonce);
    EXPECT_EQ(text(claims_of(text(tokens_of({{"nonce", std::string(64, 'n')}}), "id_token")), "nonce"),
              std::string(64, 'n'));
}

TEST_F(Fapi2, scopes_come_in_any_order) {
    EXPECT_EQ(text(tokens_of({{"scope", "phone openid"}}), "scope"), text(tokens_of(), "scope"));
}

TEST_F(Fapi2, the_key_of_a_push_is_that_of_its_code) {
    const Pairs with_proof{{"DPoP", proof("POST", par_path)}};
    const auto bound = parameter_of(visit(pushed({}, with_proof)), "code");
    const auto other = SigningKey::generate(Algorithm::es256);
    const auto thief = sign_proof(other, proof_claims("POST", token_path));
    EXPECT_EQ(error_of(ask(proven(exchange_form(bound)), thief)), "invalid_grant");
    const Pairs again{{"DPoP", proof("POST", par_path)}};
    EXPECT_EQ(exchange(parameter_of(visit(pushed({}, again)), "code")).status, 200);
}

TEST_F(Fapi2, dpop_jkt_names_the_key_of_the_code) {
    const auto other = SigningKey::generate(Algorithm::es256);
    EXPECT_EQ(error_of_push({{"dpop_jkt", jkt_of(other)}}, {{"DPoP", proof("POST", par_path)}}), "invalid_dpop_proof");
    EXPECT_EQ(error_of(exchange(code({{"dpop_jkt", jkt_of(other)}}))), "invalid_grant");
    EXPECT_EQ(exchange(code({{"dpop_jkt", jkt_of(dpop_key)}})).status, 200);
}

}  // namespace
}  // namespace symbolon::oauth
