// What the FAPI 2.0 Security Profile asks of clients and their tokens (§5.3.2.1, §5.4), step by step as the modules of
// the OpenID Foundation's plan do (docs/conformance.md).
#include "oauth/fapi2_house.hpp"

namespace symbolon::oauth {
namespace {

using namespace std::chrono_literals;
using boost::json::array;

TEST_F(Fapi2, clients_without_a_key_prove_nothing) {
    const Pairs by_secret{{"Authorization", basic(robot.str(), secret)}};
    const Pairs of_robot{{"grant_type", "client_credentials"}, {"scope", "https://api.example/v1/read"}};
    EXPECT_EQ(error_of(post(token_path, of_robot, by_secret)), "invalid_client");
    EXPECT_EQ(error_of(post(par_path, request({{"client_id", app.str()}}))), "invalid_client");
    extend_client(robot,
                  [](auto& e) { e.token_endpoint_auth_method = directory::ClientAuthMethod::client_secret_jwt; });
    EXPECT_EQ(error_of(post(token_path, of_robot, by_secret)), "invalid_client");
}

TEST_F(Fapi2, an_assertion_is_for_the_issuer_alone) {
    const array wrong{array{pool_url}, std::string(pool_url) + token_path, std::string(pool_url) + par_path,
                      "https://elsewhere.example"};
    for (const auto& audience : wrong) {
        auto said = assertion_claims();
        said["aud"] = audience;
        EXPECT_EQ(error_of(post(par_path, proven(request(), said))), "invalid_client")
            << boost::json::serialize(audience);
    }
}

TEST_F(Fapi2, assertions_that_are_not_right_prove_nothing) {
    const auto now = to_seconds(clock.now());
    const std::vector<WrongClaim> wrong{{"iss", nullptr}, {"iss", robot.str()}, {"exp", now - 300}, {"exp", nullptr},
                                        {"jti", nullptr}, {"nbf", now + 61},    {"iat", now + 61}};
    for (const auto& [name, value] : wrong) {
        auto said = assertion_claims();
        said[name] = value;
        if (value.is_null()) said.erase(name);
        EXPECT_EQ(error_of(post(par_path, proven(request(), said))), "invalid_client")
            << name << boost::json::serialize(value);
    }
    auto of_nobody = assertion_claims();
    of_nobody.erase("sub");  // which client?
    EXPECT_EQ(error_of(post(par_path, proven(request(), of_nobody))), "invalid_request");
    auto ahead = assertion_claims();
    ahead["nbf"] = now + 8;
    EXPECT_EQ(post(par_path, proven(request(), ahead)).status, 201);
}

TEST_F(Fapi2, the_token_endpoint_wants_an_assertion_too) {
    EXPECT_EQ(error_of(ask(exchange_form(code(), {{"client_id", web.str()}}))), "invalid_client");
}

TEST_F(Fapi2, RS256_proves_nothing) {
    const auto& rsa = test_key(2);
    Pairs form = request();
    form.emplace_back("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.emplace_back("client_assertion", crypto::jose::sign_jwt(rsa, assertion_claims()));
    EXPECT_EQ(error_of(post(par_path, form)), "invalid_client");
    const auto dpop = sign_proof(rsa, proof_claims("POST", token_path));
    EXPECT_EQ(error_of(ask(proven(exchange_form(code())), dpop)), "invalid_dpop_proof");
    object said{{"client_id", web.str()}};
    for (const auto& [name, value] : request()) said[name] = value;
    const auto pushed_object = [&](const SigningKey& by) {
        return post(par_path, proven({{"request", crypto::jose::sign_jwt(by, said)}}));
    };
    EXPECT_EQ(error_of(pushed_object(rsa)), "invalid_request_object");
    EXPECT_EQ(pushed_object(key).status, 201);
}

TEST_F(Fapi2, no_token_is_of_use_to_who_finds_it) {
    const auto with = code();
    EXPECT_EQ(error_of(ask(proven(exchange_form(with)), "")), "invalid_dpop_proof");
    EXPECT_EQ(exchange(with).status, 200);  // the refusal has not used it up
    hold_to_key(robot, {key.public_jwk()});
    const Pairs of_robot{{"grant_type", "client_credentials"}, {"scope", "https://api.example/v1/read"}};
    EXPECT_EQ(error_of(ask(proven(of_robot, assertion_claims(robot)), "")), "invalid_dpop_proof");
    EXPECT_EQ(text(json_of(ask(proven(of_robot, assertion_claims(robot)))), "token_type"), "DPoP");
}

// The JSON API gives tokens that are bound to nothing.
TEST_F(Fapi2, the_json_api_gives_no_tokens) {
    Issue issue;
    issue.hosted = false;
    EXPECT_EQ(refusal_of([&] { run(tokens->issue(pool(), client(web), signed_in(), issue)); }).code,
              Errc::oauth_invalid_dpop_proof);
    const auto got = tokens_of();
    EXPECT_EQ(refusal_of([&] { run(tokens->refresh(pool(), client(web), Refresh{text(got, "refresh_token")})); }).code,
              Errc::oauth_invalid_dpop_proof);
}

TEST_F(Fapi2, a_bound_token_is_shown_with_its_proof_in_any_case) {
    const auto access = text(tokens_of(), "access_token");
    EXPECT_EQ(look(access, "dpop").status, 200);
    EXPECT_EQ(look(access, "DPOP").status, 200);
    EXPECT_EQ(look(access, "Bearer").status, 401);
}

TEST_F(Fapi2, proofs_of_ten_seconds_before_and_after_are_taken) {
    for (const int skew : {-10, 10}) {
        auto said = proof_claims("POST", token_path);
        said["iat"] = to_seconds(clock.now()) + skew;
        EXPECT_EQ(ask(proven(exchange_form(code())), sign_proof(dpop_key, said)).status, 200) << skew;
        auto pushing = proof_claims("POST", par_path);
        pushing["iat"] = to_seconds(clock.now()) + skew;
        EXPECT_EQ(push({}, {{"DPoP", sign_proof(dpop_key, pushing)}}).status, 201) << skew;
    }
    for (const int skew : {-3600, 3600}) {
        auto said = proof_claims("POST", token_path);
        said["iat"] = to_seconds(clock.now()) + skew;
        EXPECT_EQ(error_of(ask(proven(exchange_form(code())), sign_proof(dpop_key, said))), "invalid_dpop_proof");
    }
}

TEST_F(Fapi2, a_code_lives_for_a_minute) {
    const auto late = code();
    const auto in_time = code();
    clock.advance(59s);
    EXPECT_EQ(exchange(in_time).status, 200);
    clock.advance(1s);
    EXPECT_EQ(error_of(exchange(late)), "invalid_grant");
}

// A client that chooses by what the challenge says must not choose what is refused (RFC 9449 §7.1).
TEST_F(Fapi2, the_challenge_for_a_proof_names_what_is_taken) {
    const std::string taken = "algs=\"PS256 ES256 EdDSA\"";
    const auto answer = get("/oauth2/userInfo");
    const auto challenges = answer.headers.find_all("WWW-Authenticate");
    ASSERT_EQ(challenges.size(), 2U);
    EXPECT_EQ(challenges[1], "DPoP " + taken);
    const auto refused = look("no token");
    EXPECT_EQ(refused.status, 401);
    EXPECT_TRUE(symbolon::oauth::header(refused, "WWW-Authenticate").ends_with(taken));
}

TEST_F(Fapi2, a_code_that_comes_again_ends_its_tokens) {
    const auto with = code();
    const auto access = text(json_of(exchange(with)), "access_token");
    clock.advance(1s);
    EXPECT_EQ(error_of(exchange(with)), "invalid_grant");
    EXPECT_EQ(look(access).status, 401);
}

TEST_F(Fapi2, a_code_is_its_clients) {
    hold_to_key(app, {key.public_jwk()});
    const auto of_app = proven(exchange_form(code()), assertion_claims(app));
    EXPECT_EQ(error_of(ask(of_app)), "invalid_grant");
    EXPECT_NE(error_of(ask(proven(exchange_form(code(), {{"client_id", app.str()}})))), "");
}

TEST_F(Fapi2, a_code_needs_its_verifier) {
    EXPECT_EQ(error_of(exchange(code(), {{"code_verifier", ""}})), "invalid_grant");
    EXPECT_EQ(error_of(exchange(code(), {{"code_verifier", std::string(43, 'w')}})), "invalid_grant");
}

// §5.3.2.1 no. 9.
TEST_F(Fapi2, refresh_tokens_stay_and_are_their_clients) {
    change_client(web, [](auto& settings) {
        settings.RefreshTokenRotation = directory::RefreshTokenRotationType{directory::FeatureType::ENABLED, 60};
    });
    const auto got = tokens_of();
    const Pairs form{{"grant_type", "refresh_token"}, {"refresh_token", text(got, "refresh_token")}};
    hold_to_key(app, {key.public_jwk()});
    EXPECT_EQ(error_of(ask(proven(form, assertion_claims(app)))), "invalid_grant");
    EXPECT_EQ(error_of(ask(proven(form), "")), "invalid_dpop_proof");
    for (int i = 0; i < 3; ++i) {
        const auto answer = ask(proven(form));
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_FALSE(json_of(answer).contains("refresh_token"));
        clock.advance(2min);
    }
}

}  // namespace
}  // namespace symbolon::oauth
