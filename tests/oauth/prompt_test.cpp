#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Prompt : public House {
protected:
    bool goes_to_login(const net::Response& answer) {
        return location(answer).rfind(std::string(pool_url) + "/login?", 0) == 0;
    }
};

TEST_F(Prompt, none_without_a_session_is_login_required) {
    const auto answer = authorize({{"prompt", "none"}});
    EXPECT_EQ(location(answer).rfind(std::string(callback) + "?", 0), 0U);
    EXPECT_EQ(parameter_of(location(answer), "error"), "login_required");
    EXPECT_EQ(parameter_of(location(answer), "state"), "xyz +&=é");
}

TEST_F(Prompt, none_with_a_session_answers_silently) {
    EXPECT_NE(parameter_of(location(authorize({{"prompt", "none"}}, {sign_in_browser()})), "code"), "");
}

TEST_F(Prompt, none_works_across_the_clients_of_a_pool) {
    const auto answer =
        authorize({{"prompt", "none"}, {"client_id", app.str()}, {"scope", "openid"}}, {sign_in_browser()});
    EXPECT_NE(parameter_of(location(answer), "code"), "");
}

TEST_F(Prompt, none_stands_alone) {
    for (const char* prompt : {"none login", "login none", "none consent"}) {
        EXPECT_EQ(parameter_of(location(authorize({{"prompt", prompt}})), "error"), "invalid_request") << prompt;
    }
}

TEST_F(Prompt, login_asks_again_and_leaves_the_session_as_it_is) {
    const auto cookie = sign_in_browser();
    EXPECT_TRUE(goes_to_login(authorize({{"prompt", "login"}}, {cookie})));
    EXPECT_TRUE(goes_to_login(authorize({{"prompt", "login consent"}}, {cookie})));
    EXPECT_NE(parameter_of(location(authorize({}, {cookie})), "code"), "");
}

TEST_F(Prompt, other_values_have_no_effect) {
    EXPECT_NE(parameter_of(location(authorize({{"prompt", "whatever"}}, {sign_in_browser()})), "code"), "");
}

TEST_F(Prompt, the_session_ends_after_an_hour) {
    const auto cookie = sign_in_browser();
    clock.advance(std::chrono::minutes(59));
    EXPECT_NE(parameter_of(location(authorize({}, {cookie})), "code"), "");
    clock.advance(std::chrono::minutes(1));
    EXPECT_TRUE(goes_to_login(authorize({}, {cookie})));
}

TEST_F(Prompt, a_sign_in_older_than_max_age_is_not_good_enough) {
    const auto cookie = sign_in_browser();
    clock.advance(std::chrono::seconds(60));
    EXPECT_NE(parameter_of(location(authorize({{"max_age", "60"}}, {cookie})), "code"), "");
    clock.advance(std::chrono::seconds(1));
    EXPECT_TRUE(goes_to_login(authorize({{"max_age", "60"}}, {cookie})));
    EXPECT_EQ(parameter_of(location(authorize({{"max_age", "60"}, {"prompt", "none"}}, {cookie})), "error"),
              "login_required");
    for (const char* wrong : {"-1", "1.5", "x", "99999999999"}) {
        EXPECT_EQ(parameter_of(location(authorize({{"max_age", wrong}}, {cookie})), "error"), "invalid_request")
            << wrong;
    }
}

TEST_F(Prompt, a_forged_or_foreign_session_is_none) {
    EXPECT_TRUE(goes_to_login(authorize({}, {{"Cookie", "cognito=forged"}})));
    signin::SignedIn elsewhere{foreign_pool_id, stranger, user_id, "alice", clock.now()};
    EXPECT_TRUE(
        goes_to_login(authorize({}, {{"Cookie", "cognito=" + run(sessions->begin(pool(), elsewhere, "")).handle}})));
}

// Attack class 16.
TEST_F(Prompt, a_disabled_user_is_not_signed_in) {
    const auto cookie = sign_in_browser();
    change_user([](auto& user) { user.enabled = false; });
    EXPECT_TRUE(goes_to_login(authorize({}, {cookie})));
}

}  // namespace
}  // namespace symbolon::oauth
