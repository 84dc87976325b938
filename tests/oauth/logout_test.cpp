#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Logout : public House {
protected:
    const std::pair<std::string, std::string> cookie = sign_in_browser();

    net::Response logout(const Pairs& parameters) { return get("/logout?" + encode(parameters), {cookie}); }
    bool is_signed_in() { return !parameter_of(location(authorize({}, {cookie})), "code").empty(); }
    void expect_refused(const net::Response& answer) {
        EXPECT_EQ(answer.status, 302);
        EXPECT_EQ(location(answer).rfind(std::string(pool_url) + "/error?error=", 0), 0U) << location(answer);
        EXPECT_TRUE(is_signed_in()) << "a refused request ends nothing";
    }
};

TEST_F(Logout, ends_the_session_clears_the_cookie_and_goes_to_the_registered_uri) {
    const auto answer = logout({{"client_id", web.str()}, {"logout_uri", "https://ok.example/bye"}, {"state", "s"}});
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(location(answer), "https://ok.example/bye");
    const auto set_cookie = header(answer, "Set-Cookie");
    EXPECT_EQ(set_cookie.rfind("cognito=;", 0), 0U) << set_cookie;
    EXPECT_NE(set_cookie.find("Path=/" + pool_id.str()), std::string::npos) << set_cookie;
    EXPECT_NE(set_cookie.find("Secure"), std::string::npos);
    EXPECT_FALSE(is_signed_in());
}

// Attack class 6.
TEST_F(Logout, goes_nowhere_that_is_not_registered_byte_for_byte) {
    for (const char* uri :
         {"https://ok.example/bye/", "https://ok.example", "https://evil.com/", "//evil.com", "///evil.com",
          "/\tevil.com", "/\\evil.com", "\\\\evil.com", "https://ok.example/bye?x", "https://ok.example@evil/",
          "https://ok.example.evil.com/", "javascript:alert(1)", "HTTPS://ok.example/bye"}) {
        expect_refused(logout({{"client_id", web.str()}, {"logout_uri", uri}}));
        expect_refused(logout({{"client_id", web.str()}, {"post_logout_redirect_uri", uri}}));
    }
}

TEST_F(Logout, wants_a_client_of_the_pool) {
    expect_refused(logout({{"logout_uri", "https://ok.example/bye"}}));
    expect_refused(logout({{"client_id", "nobody"}, {"logout_uri", "https://ok.example/bye"}}));
    expect_refused(logout({{"client_id", stranger.str()}, {"logout_uri", "https://ok.example/bye"}}));
}

// The person wanted out: that the client forgot to say where to go next does not keep them signed in.
TEST_F(Logout, without_a_place_to_go_ends_the_session_and_says_what_is_missing) {
    const auto again = sign_in_browser();
    for (const auto& [session, parameters] :
         {std::pair{cookie, Pairs{{"client_id", web.str()}}},
          std::pair{again, Pairs{{"client_id", web.str()}, {"redirect_uri", std::string(callback)}}}}) {
        const auto answer = get("/logout?" + encode(parameters), {session});
        EXPECT_EQ(answer.status, 302);
        EXPECT_EQ(location(answer), std::string(pool_url) + "/error?error=logout_uri_missing");
        EXPECT_EQ(header(answer, "Set-Cookie").rfind("cognito=;", 0), 0U);
        EXPECT_EQ(parameter_of(location(authorize({}, {session})), "code"), "") << "the session is over";
    }
}

TEST_F(Logout, may_go_on_to_a_new_sign_in) {
    const auto answer = logout(
        {{"client_id", web.str()}, {"redirect_uri", std::string(callback)}, {"response_type", "code"}, {"state", "s"}});
    EXPECT_EQ(location(answer).rfind(std::string(pool_url) + "/login?", 0), 0U) << location(answer);
    EXPECT_EQ(parameter_of(location(answer), "scope"), "openid phone profile");
    EXPECT_EQ(parameter_of(location(answer), "state"), "s");
    EXPECT_FALSE(is_signed_in());
}

TEST_F(Logout, a_new_sign_in_wants_a_registered_callback) {
    expect_refused(
        logout({{"client_id", web.str()}, {"redirect_uri", "https://ok.example/bye"}, {"response_type", "code"}}));
}

TEST_F(Logout, logout_uri_wins_over_redirect_uri) {
    const auto answer = logout({{"client_id", web.str()},
                                {"redirect_uri", std::string(callback)},
                                {"response_type", "code"},
                                {"logout_uri", "https://ok.example/bye"}});
    EXPECT_EQ(location(answer), "https://ok.example/bye");
}

TEST_F(Logout, speaks_openid_connect_too) {
    const auto id_token = text(get_tokens(), "id_token");
    const auto answer =
        logout({{"id_token_hint", id_token}, {"post_logout_redirect_uri", "https://ok.example/bye"}, {"state", "a b"}});
    EXPECT_EQ(location(answer), "https://ok.example/bye?state=a+b");
    EXPECT_FALSE(is_signed_in());
}

// RP-Initiated Logout §2: nobody has shown that the person wants it, so the person is asked.
TEST_F(Logout, asks_the_person_when_no_id_token_speaks_for_them) {
    const Pairs with_place{{"client_id", web.str()}, {"post_logout_redirect_uri", "https://ok.example/bye"}};
    for (const auto& parameters : {Pairs{}, Pairs{{"state", "s"}}, Pairs{{"ui_locales", "de"}}, with_place}) {
        const auto answer = logout(parameters);
        EXPECT_EQ(location(answer).rfind(std::string(pool_url) + "/logout/confirm?leaving=", 0), 0U)
            << location(answer);
        EXPECT_EQ(header(answer, "Set-Cookie"), "");
        EXPECT_TRUE(is_signed_in());
    }
}

TEST_F(Logout, asks_nobody_who_is_not_signed_in) {
    EXPECT_EQ(location(get("/logout")), std::string(pool_url) + "/signedout");
}

// A place that nobody vouches for is none.
TEST_F(Logout, without_a_client_goes_nowhere_else) {
    const auto answer = get("/logout?" + encode({{"post_logout_redirect_uri", "https://evil.example/"}}));
    EXPECT_EQ(location(answer), std::string(pool_url) + "/signedout");
}

// Another site could sign the person out with an ID token of its own.
TEST_F(Logout, asks_the_person_when_the_id_token_is_somebody_elses) {
    const auto id_token = text(get_tokens(), "id_token");
    directory::User bob;
    bob.pool_id = pool_id;
    bob.id = UserId("22222222-2222-4333-8444-555555555555");
    bob.username = "bob";
    bob.created = bob.modified = clock.now();
    write([&](db::Transaction& tx) { directory::Users(tx).create(directory::Pools(tx).get(pool_id), bob); });
    signin::SignedIn signed_in{pool_id, web, bob.id, "bob", clock.now()};
    const std::pair<std::string, std::string> bobs{"Cookie",
                                                   "cognito=" + run(sessions->begin(pool(), signed_in, "")).handle};
    const auto answer = get("/logout?" + encode({{"id_token_hint", id_token}}), {bobs});
    EXPECT_EQ(location(answer).rfind(std::string(pool_url) + "/logout/confirm?", 0), 0U) << location(answer);
    EXPECT_NE(parameter_of(location(authorize({}, {bobs})), "code"), "") << "Bob is signed in as before";
}

TEST_F(Logout, takes_an_expired_id_token_as_a_hint_and_a_post) {
    const auto id_token = text(get_tokens(), "id_token");
    clock.advance(std::chrono::hours(2));
    const auto answer = post("/logout", Pairs{{"id_token_hint", id_token}}, {cookie});
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(location(answer), std::string(pool_url) + "/signedout") << "an ID token is enough, and no place is named";
    EXPECT_NE(header(answer, "Set-Cookie"), "");
    EXPECT_FALSE(is_signed_in());
}

TEST_F(Logout, a_hint_must_be_an_id_token_of_that_client) {
    const auto body = get_tokens();
    const std::string bye = "https://ok.example/bye";
    for (const auto& hint : {text(body, "access_token"), text(body, "id_token") + "x", std::string("x")}) {
        expect_refused(logout({{"id_token_hint", hint}, {"logout_uri", bye}}));
    }
    expect_refused(logout({{"id_token_hint", text(body, "id_token")}, {"client_id", app.str()}, {"logout_uri", bye}}));
}

TEST_F(Logout, leaves_tokens_as_they_are) {
    const auto body = get_tokens();
    logout({{"client_id", web.str()}, {"logout_uri", "https://ok.example/bye"}});
    EXPECT_EQ(user_info(text(body, "access_token")).status, 200);
    EXPECT_EQ(refresh(text(body, "refresh_token")).status, 200);
}

}  // namespace
}  // namespace symbolon::oauth
