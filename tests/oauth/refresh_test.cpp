#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Refresh : public House {
protected:
    void expect_refused(const net::Response& answer, const std::string& description) {
        EXPECT_EQ(answer.status, 400) << answer.body;
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_grant");
        EXPECT_EQ(text(json_of(answer), "error_description"), description);
    }
};

TEST_F(Refresh, keeps_the_sign_in_and_gives_no_new_refresh_token) {
    const auto first = get_tokens({{"nonce", "n-1"}});
    clock.advance(std::chrono::minutes(50));
    const auto answer = refresh(text(first, "refresh_token"));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto second = json_of(answer);
    EXPECT_FALSE(second.contains("refresh_token"));
    EXPECT_EQ(second.at("expires_in").as_int64(), 3600);
    for (const char* token : {"access_token", "id_token"}) {
        const auto before = claims_of(text(first, token)), after = claims_of(text(second, token));
        for (const char* same : {"sub", "origin_jti", "event_id", "iss"})
            EXPECT_EQ(text(before, same), text(after, same));
        EXPECT_EQ(before.at("auth_time"), after.at("auth_time"));
        EXPECT_NE(text(before, "jti"), text(after, "jti"));
        EXPECT_EQ(after.at("iat").as_int64(), to_seconds(clock.now()));
    }
    EXPECT_FALSE(claims_of(text(second, "id_token")).contains("nonce"));
}

TEST_F(Refresh, works_again_and_again_with_the_same_token) {
    const auto token = text(get_tokens(), "refresh_token");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(refresh(token).status, 200);
}

TEST_F(Refresh, shows_the_user_as_it_is_now) {
    const auto token = text(get_tokens(), "refresh_token");
    change_user([](auto& user) { user.attributes["phone_number"] = "+14155550199"; });
    EXPECT_EQ(text(claims_of(text(json_of(refresh(token)), "id_token")), "phone_number"), "+14155550199");
}

// Attack class 17.
TEST_F(Refresh, may_narrow_the_scope_and_never_widen_it) {
    const auto token = text(get_tokens({{"scope", "openid phone"}}), "refresh_token");
    const auto narrow = json_of(refresh(token, {{"scope", "phone"}}));
    EXPECT_EQ(text(narrow, "scope"), "phone");
    EXPECT_EQ(text(claims_of(text(narrow, "access_token")), "scope"), "phone");
    EXPECT_FALSE(narrow.contains("id_token"));
    for (const char* wider : {"openid phone profile", "profile", "aws.cognito.signin.user.admin"}) {
        const auto answer = refresh(token, {{"scope", wider}});
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_scope") << wider;
    }
    EXPECT_EQ(text(json_of(refresh(token)), "scope"), "openid phone") << "narrowing is for one answer";
}

TEST_F(Refresh, ends_when_the_refresh_token_expires) {
    const auto token = text(get_tokens(), "refresh_token");
    clock.advance(std::chrono::hours(24 * 30) - std::chrono::seconds(400));
    const auto last = json_of(refresh(token));
    EXPECT_EQ(last.at("expires_in").as_int64(), 400) << "no token outlives its family";
    clock.advance(std::chrono::seconds(400));
    expect_refused(refresh(token), "Refresh Token has expired");
}

TEST_F(Refresh, refuses_what_it_never_gave_out) {
    const auto token = text(get_tokens(), "refresh_token");
    auto forged = token;
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    for (const auto& wrong : {forged, std::string("x"), token.substr(0, 36), token + "x", std::string(79, '.'),
                              token.substr(0, 37) + std::string(43, 'A'), std::string(200'000, 'y')}) {
        expect_refused(refresh(wrong), "Invalid Refresh Token");
    }
    EXPECT_EQ(text(json_of(refresh("")), "error"), "invalid_request");
}

TEST_F(Refresh, belongs_to_one_client) {
    const auto token = text(get_tokens(), "refresh_token");
    const Pairs form{{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", app.str()}};
    expect_refused(post("/oauth2/token", form), "Invalid Refresh Token");
}

TEST_F(Refresh, a_confidential_client_must_prove_itself) {
    const auto token = text(get_tokens(), "refresh_token");
    const Pairs form{{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", web.str()}};
    EXPECT_EQ(text(json_of(post("/oauth2/token", form)), "error"), "invalid_client");
}

// Attack class 16.
TEST_F(Refresh, refuses_a_disabled_user) {
    const auto token = text(get_tokens(), "refresh_token");
    change_user([](auto& user) { user.enabled = false; });
    expect_refused(refresh(token), "User is disabled.");
}

// Attack class 15; signing in anew in the same second is not touched.
TEST_F(Refresh, ends_with_a_sign_out_everywhere) {
    const auto before = get_tokens();
    clock.advance(std::chrono::milliseconds(100));
    run(tokens->sign_out_everywhere(pool_id, user_id));
    expect_refused(refresh(text(before, "refresh_token")), "Refresh Token has been revoked");
    EXPECT_EQ(user_info(text(before, "access_token")).status, 401);
    clock.advance(std::chrono::milliseconds(100));
    const auto after = get_tokens();
    EXPECT_EQ(refresh(text(after, "refresh_token")).status, 200);
    EXPECT_EQ(user_info(text(after, "access_token")).status, 200);
}

// A family that was begun while the others were ended is none of those: the moment of the sign-in decides.
TEST_F(Refresh, ends_with_a_sign_out_that_did_not_see_its_family) {
    const auto before = get_tokens();
    clock.advance(std::chrono::milliseconds(100));
    change_user([&](directory::User& user) { user.tokens_from = clock.now(); });
    expect_refused(refresh(text(before, "refresh_token")), "Refresh Token has been revoked");
}

TEST_F(Refresh, knows_whose_a_token_is) {
    const auto token = text(get_tokens(), "refresh_token");
    const auto owner = run(tokens->find_refresh_owner(pool(), token));
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->username, "alice");
    EXPECT_EQ(owner->id, user_id);
    EXPECT_FALSE(run(tokens->find_refresh_owner(pool(), token.substr(0, 37) + std::string(43, 'A'))));
    EXPECT_FALSE(run(tokens->find_refresh_owner(pool(), "x")));
}

TEST_F(Refresh, the_database_holds_no_refresh_token) {
    const auto token = text(get_tokens(), "refresh_token");
    const auto grant =
        run(db->read([&](db::Transaction& tx) { return directory::Grants(tx).find(pool_id, token.substr(0, 36)); }));
    ASSERT_TRUE(grant);
    EXPECT_EQ(to_string(*grant->refresh_hash).find(token.substr(37)), std::string::npos);
    EXPECT_EQ(grant->refresh_hash->size(), 32U);
}

// What a sign-in through the JSON API gives (§2.3).
TEST_F(Refresh, of_an_api_sign_in_stays_an_api_token) {
    Issue issue;
    issue.scopes = {"aws.cognito.signin.user.admin"};
    issue.hosted = false;
    const auto first = run(tokens->issue(pool(), client(web), signed_in(), issue));
    const auto again = run(tokens->refresh(pool(), client(web), {first.refresh_token}));
    for (const auto& set : {first, again}) {
        const auto access = claims_of(set.access_token), id = claims_of(set.id_token);
        EXPECT_EQ(text(access, "scope"), "aws.cognito.signin.user.admin");
        EXPECT_FALSE(access.contains("version"));
        EXPECT_FALSE(id.contains("at_hash"));
        EXPECT_EQ(text(id, "email"), "alice@example.com") << "every readable attribute";
    }
    EXPECT_EQ(user_info(first.access_token).status, 403);
}

}  // namespace
}  // namespace symbolon::oauth
