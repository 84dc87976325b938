#include "oauth/house.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

namespace symbolon::oauth {
namespace {

class CodeFlow : public House {
protected:
    void expect_refused(const net::Response& answer, const std::string& error, int status = 400) {
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_EQ(text(json_of(answer), "error"), error);
        EXPECT_FALSE(json_of(answer).contains("access_token"));
    }
    net::Response exchange(const std::string& code, Pairs overrides = {}) {
        return post("/oauth2/token", code_form(code, std::move(overrides)));
    }
    const Pairs pkce{{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}};
};

TEST_F(CodeFlow, gives_the_tokens_that_the_standards_and_cognito_promise) {
    const auto answer = exchange(get_code({{"nonce", "n-1"}}));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(header(answer, "Content-Type"), "application/json;charset=UTF-8");
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
    const auto body = json_of(answer);
    EXPECT_EQ(text(body, "token_type"), "Bearer");
    EXPECT_EQ(body.at("expires_in").as_int64(), 3600);
    EXPECT_EQ(text(body, "scope"), "openid phone");
    EXPECT_NE(text(body, "refresh_token"), "");
    EXPECT_EQ(body.size(), 6U);
}

TEST_F(CodeFlow, the_access_token_has_cognitos_claims) {
    const auto token = text(get_tokens(), "access_token");
    const auto claims = claims_of(token);
    const auto now = to_seconds(clock.now());
    EXPECT_EQ(text(claims, "sub"), user_id.str());
    EXPECT_EQ(text(claims, "iss"), pool_url);
    EXPECT_EQ(text(claims, "client_id"), web.str());
    EXPECT_EQ(text(claims, "username"), "alice");
    EXPECT_EQ(text(claims, "token_use"), "access");
    EXPECT_EQ(text(claims, "scope"), "openid phone");
    EXPECT_EQ(claims.at("version").as_int64(), 2);
    EXPECT_EQ(claims.at("auth_time").as_int64(), now);
    EXPECT_EQ(claims.at("iat").as_int64(), now);
    EXPECT_EQ(claims.at("exp").as_int64(), now + 3600);
    for (const char* id : {"jti", "origin_jti", "event_id"}) EXPECT_EQ(text(claims, id).size(), 36U) << id;
    EXPECT_FALSE(claims.contains("aud"));
    EXPECT_EQ(claims.size(), 13U);
    EXPECT_EQ(kid_of(token), run(catalog->get_keys(pool_id))->access_token.kid());
    EXPECT_TRUE(text_of(*parse_base64url(token.substr(0, token.find('.')))).find("typ") == std::string_view::npos);
}

TEST_F(CodeFlow, the_id_token_has_cognitos_claims_and_another_key) {
    const auto body = get_tokens({{"nonce", "n-1"}});
    const auto claims = claims_of(text(body, "id_token"));
    const auto access = claims_of(text(body, "access_token"));
    EXPECT_EQ(text(claims, "aud"), web.str());
    EXPECT_EQ(text(claims, "token_use"), "id");
    EXPECT_EQ(text(claims, "cognito:username"), "alice");
    EXPECT_EQ(text(claims, "nonce"), "n-1");
    EXPECT_EQ(text(claims, "phone_number"), "+14155550123");
    EXPECT_TRUE(claims.at("phone_number_verified").as_bool());
    EXPECT_FALSE(claims.contains("email"));
    EXPECT_FALSE(claims.contains("name"));
    for (const char* same : {"sub", "iss", "origin_jti", "event_id"}) EXPECT_EQ(text(claims, same), text(access, same));
    EXPECT_NE(text(claims, "jti"), text(access, "jti"));
    const auto digest = crypto::sha256(text(body, "access_token"));
    EXPECT_EQ(text(claims, "at_hash"), to_base64url(ByteView(digest).first(16)));
    EXPECT_EQ(kid_of(text(body, "id_token")), run(catalog->get_keys(pool_id))->id_token.kid());
}

TEST_F(CodeFlow, without_openid_gives_no_id_token) {
    const auto body = get_tokens({{"scope", "phone"}});
    EXPECT_FALSE(body.contains("id_token"));
    EXPECT_EQ(text(body, "scope"), "phone");
}

TEST_F(CodeFlow, authenticates_the_client_in_every_usual_way) {
    for (const auto& form : {Pairs{{"client_secret", ""}}, Pairs{{"client_secret", ""}, {"client_id", ""}}, Pairs{}}) {
        const auto fields = code_form(get_code(), form);
        EXPECT_EQ(post("/oauth2/token", fields, {{"Authorization", basic(web.str(), secret)}}).status, 200);
    }
}

TEST_F(CodeFlow, ignores_the_query_of_the_token_url) {
    const auto fields = code_form(get_code());
    EXPECT_EQ(post("/oauth2/token?state=STATE&code=other&grant_type=x&client_id=y", fields).status, 200);
}

// Attack class 7.
TEST_F(CodeFlow, a_replayed_code_fails_and_revokes_what_the_first_exchange_gave) {
    extend_pool([](auto& e) { e.strict_oidc = true; });
    const auto code = get_code();
    const auto first = json_of(exchange(code));
    EXPECT_EQ(user_info(text(first, "access_token")).status, 200);
    expect_refused(exchange(code), "invalid_grant");
    EXPECT_EQ(user_info(text(first, "access_token")).status, 401);
    expect_refused(refresh(text(first, "refresh_token")), "invalid_grant");
    expect_refused(exchange(code), "invalid_grant");
}

TEST_F(CodeFlow, a_strangers_client_neither_gets_nor_spoils_a_code) {
    const auto code = get_code();
    const Pairs as_app{{"client_id", app.str()}, {"client_secret", ""}};
    expect_refused(exchange(code, as_app), "invalid_grant");
    const auto first = json_of(exchange(code));
    EXPECT_NE(text(first, "access_token"), "");
    expect_refused(exchange(code, as_app), "invalid_grant");
    EXPECT_EQ(user_info(text(first, "access_token")).status, 200) << "another client's replay revokes nothing";
}

TEST_F(CodeFlow, a_client_that_is_made_again_under_its_id_inherits_nothing) {
    const auto former = json_of(exchange(get_code()));
    const auto code = get_code();
    clock.advance(std::chrono::seconds(2));
    write([&](db::Transaction& tx) {
        directory::Clients clients(tx, *sealer);
        auto again = *clients.find(web);
        clients.erase(pool_id, web);
        again.created = clock.now();
        clients.create(again);
    });
    catalog->forget(pool_id);
    expect_refused(exchange(code), "invalid_grant");
    expect_refused(refresh(text(former, "refresh_token")), "invalid_grant");
    EXPECT_EQ(user_info(text(former, "access_token")).status, 401);
    EXPECT_EQ(exchange(get_code()).status, 200);
}

TEST_F(CodeFlow, a_wrong_redirect_uri_does_not_use_the_code_up) {
    const auto code = get_code();
    expect_refused(exchange(code, {{"redirect_uri", "myapp://cb"}}), "invalid_grant");
    expect_refused(exchange(code, {{"redirect_uri", ""}}), "invalid_grant");
    EXPECT_EQ(exchange(code).status, 200);
}

TEST_F(CodeFlow, a_redirect_uri_that_was_not_sent_need_not_be_repeated) {
    change_client(web, [](auto& settings) {
        settings.CallbackURLs = List<directory::shape::RedirectUrl, 0, 100>{"https://ok.example/cb"};
    });
    EXPECT_EQ(exchange(get_code({{"redirect_uri", ""}}), {{"redirect_uri", ""}}).status, 200);
    EXPECT_EQ(exchange(get_code({{"redirect_uri", ""}})).status, 200);
    expect_refused(exchange(get_code({{"redirect_uri", ""}}), {{"redirect_uri", "myapp://cb"}}), "invalid_grant");
}

TEST_F(CodeFlow, a_wrong_secret_leaves_the_code_to_its_owner) {
    const auto code = get_code();
    expect_refused(exchange(code, {{"client_secret", "wrong"}}), "invalid_client");
    expect_refused(exchange(code, {{"client_secret", ""}}), "invalid_client");
    EXPECT_EQ(exchange(code).status, 200);
}

TEST_F(CodeFlow, a_wrong_secret_is_400_in_the_body_and_401_in_the_header) {
    const auto in_body = exchange("x", {{"client_secret", "wrong"}});
    expect_refused(in_body, "invalid_client");
    EXPECT_EQ(text(json_of(in_body), "error_description"), "invalid_client_secret");
    EXPECT_EQ(header(in_body, "WWW-Authenticate"), "");
    const auto in_header = post("/oauth2/token", code_form("x", {{"client_id", ""}, {"client_secret", ""}}),
                                {{"Authorization", basic(web.str(), "wrong")}});
    expect_refused(in_header, "invalid_client", 401);
    EXPECT_EQ(header(in_header, "WWW-Authenticate").rfind("Basic realm=", 0), 0U);
}

TEST_F(CodeFlow, a_code_dies_after_five_minutes) {
    const auto code = get_code(), late = get_code();
    clock.advance(std::chrono::minutes(5) - std::chrono::milliseconds(1));
    EXPECT_EQ(exchange(code).status, 200);
    clock.advance(std::chrono::milliseconds(1));
    expect_refused(exchange(late), "invalid_grant");
}

TEST_F(CodeFlow, an_invented_code_is_refused) {
    expect_refused(exchange("invented"), "invalid_grant");
    expect_refused(exchange(std::string(100'000, 'x')), "invalid_grant");
    expect_refused(exchange(""), "invalid_request");
}

TEST_F(CodeFlow, pkce_lets_the_right_verifier_through) {
    EXPECT_EQ(exchange(get_code(pkce), {{"code_verifier", std::string(verifier)}}).status, 200);
    const auto native = get_code({pkce[0], pkce[1], {"client_id", app.str()}, {"scope", "openid"}});
    const Pairs as_app{{"client_id", app.str()}, {"client_secret", ""}, {"code_verifier", std::string(verifier)}};
    EXPECT_EQ(exchange(native, as_app).status, 200);
}

// Attack class 9.
TEST_F(CodeFlow, pkce_cannot_be_left_out_or_put_in) {
    expect_refused(exchange(get_code(pkce)), "invalid_grant");
    expect_refused(exchange(get_code(), {{"code_verifier", std::string(verifier)}}), "invalid_grant");
    expect_refused(exchange(get_code(pkce), {{"code_verifier", std::string(challenge)}}), "invalid_grant");
}

TEST_F(CodeFlow, a_wrong_verifier_burns_the_code) {
    const auto code = get_code(pkce);
    expect_refused(exchange(code, {{"code_verifier", std::string(43, 'a')}}), "invalid_grant");
    expect_refused(exchange(code, {{"code_verifier", std::string(verifier)}}), "invalid_grant");
}

// Attack class 16.
TEST_F(CodeFlow, a_user_who_was_disabled_meanwhile_gets_nothing) {
    const auto code = get_code();
    change_user([](auto& user) { user.enabled = false; });
    expect_refused(exchange(code), "invalid_grant");
}

TEST_F(CodeFlow, a_user_who_signed_out_everywhere_meanwhile_gets_nothing) {
    const auto code = get_code();
    clock.advance(std::chrono::seconds(1));
    run(tokens->sign_out_everywhere(pool_id, user_id));
    expect_refused(exchange(code), "invalid_grant");
}

TEST_F(CodeFlow, codes_of_two_pools_do_not_mix) {
    const auto code = get_code();
    net::Request request;
    request.method = net::Method::post;
    request.path = "/" + foreign_pool_id.str() + "/oauth2/token";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = encode(code_form(code));
    expect_refused(send(request), "invalid_client");
    request.body = encode(code_form(code, {{"client_id", stranger.str()}, {"client_secret", ""}}));
    expect_refused(send(request), "invalid_grant");
    EXPECT_EQ(exchange(code).status, 200);
}

TEST_F(CodeFlow, without_revocation_tokens_carry_no_ids) {
    change_client(web, [](auto& settings) { settings.EnableTokenRevocation = false; });
    const auto body = get_tokens();
    for (const char* token : {"access_token", "id_token"}) {
        EXPECT_FALSE(claims_of(text(body, token)).contains("jti"));
        EXPECT_FALSE(claims_of(text(body, token)).contains("origin_jti"));
        EXPECT_TRUE(claims_of(text(body, token)).contains("event_id"));
    }
    EXPECT_EQ(user_info(text(body, "access_token")).status, 200);
    EXPECT_EQ(refresh(text(body, "refresh_token")).status, 200);
}

TEST_F(CodeFlow, tokens_live_as_long_as_the_client_is_set_to) {
    change_client(web, [](auto& settings) {
        settings.AccessTokenValidity = 10;
        settings.IdTokenValidity = 20;
        settings.TokenValidityUnits =
            directory::TokenValidityUnitsType{directory::TimeUnitsType::minutes, directory::TimeUnitsType::minutes, {}};
    });
    const auto body = get_tokens();
    const auto now = to_seconds(clock.now());
    EXPECT_EQ(body.at("expires_in").as_int64(), 600);
    EXPECT_EQ(claims_of(text(body, "access_token")).at("exp").as_int64(), now + 600);
    EXPECT_EQ(claims_of(text(body, "id_token")).at("exp").as_int64(), now + 1200);
}

}  // namespace
}  // namespace symbolon::oauth
