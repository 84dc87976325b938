#include "symbolon/skill/account_linking.hpp"

#include "sdk/token_issuer.hpp"

#include <gtest/gtest.h>

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace symbolon::skill {
namespace {

Input input(std::optional<std::string> token) {
    json::object user{{"userId", "u"}};
    if (token) user["accessToken"] = *token;
    return Input(RequestEnvelope::parse(
        {{"request", {{"type", "LaunchRequest"}}}, {"context", {{"System", {{"user", std::move(user)}}}}}}));
}

/// An identity server that gives one answer to everybody.
class AccountLinkingTest : public ::testing::Test {
protected:
    std::vector<FetchRequest> asked;
    std::vector<std::string> logged;
    HttpResponse answer{200, {}, R"({"sub":"1","phone_number":"+15555550123"})"};
    bool reachable = true;

    AccountLinking linking() {
        return AccountLinking(
            {.userinfo_url = "https://auth.example.com/oauth2/userInfo",
             .fetch =
                 [this](const FetchRequest& request) {
                     asked.push_back(request);
                     if (!reachable) throw FetchError("timed out");
                     return answer;
                 },
             .log = [this](LogLevel, std::string_view, std::string_view detail) { logged.emplace_back(detail); }});
    }
    Response answer_to(std::optional<std::string> token) {
        auto in = input(std::move(token));
        return linking().linked(
            [](Input& i, const UserInfo& user) { return i.speak(user.find("phone_number").value_or("none")); })(in);
    }
    static bool has_link_card(const Response& response) {
        return response.card && std::holds_alternative<LinkAccountCard>(*response.card);
    }
};

TEST_F(AccountLinkingTest, asks_with_the_bearer_token_and_a_limit_of_two_seconds) {
    EXPECT_EQ(answer_to("token").output_speech->ssml, "<speak>+15555550123</speak>");
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].url, "https://auth.example.com/oauth2/userInfo");
    EXPECT_EQ(asked[0].limit, std::chrono::seconds{2});
    EXPECT_EQ(asked[0].headers.front(), (std::pair<std::string, std::string>{"Authorization", "Bearer token"}));
}

TEST_F(AccountLinkingTest, does_not_wait_beyond_the_deadline_of_the_invocation) {
    const auto deadline = system_now()() + std::chrono::seconds(1);
    auto envelope = RequestEnvelope::parse(
        {{"request", {{"type", "LaunchRequest"}}}, {"context", {{"System", {{"user", {{"accessToken", "token"}}}}}}}});
    linking().user_info(Input(envelope, {}, {.deadline = deadline}));
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_LE(asked[0].limit, std::chrono::seconds(1));
    const auto late = linking().user_info(Input(envelope, {}, {.deadline = deadline - std::chrono::seconds(2)}));
    EXPECT_TRUE(std::holds_alternative<Unavailable>(late));
    EXPECT_EQ(asked.size(), 1U);
}

TEST_F(AccountLinkingTest, without_a_token_there_is_a_card_and_no_question) {
    const auto response = answer_to(std::nullopt);
    EXPECT_TRUE(has_link_card(response));
    EXPECT_EQ(response.should_end_session, true);
    EXPECT_TRUE(asked.empty());
}

TEST_F(AccountLinkingTest, a_token_that_is_refused_gets_the_card_again) {
    answer = {401, {}, R"({"error":"invalid_token"})"};
    EXPECT_TRUE(has_link_card(answer_to("revoked")));
}

TEST_F(AccountLinkingTest, every_other_failure_gets_an_apology_and_never_a_card) {
    const std::vector<HttpResponse> failures{
        {500, {}, "{}"}, {503, {}, ""}, {403, {}, "{}"},     {404, {}, "{}"}, {302, {}, ""},
        {204, {}, ""},   {200, {}, ""}, {200, {}, "<html>"}, {200, {}, "[]"},
    };
    for (const auto& failure : failures) {
        answer = failure;
        const auto response = answer_to("token");
        EXPECT_FALSE(response.card) << failure.status << failure.body;
        EXPECT_TRUE(response.output_speech->ssml.find("Sorry") != std::string::npos);
        EXPECT_EQ(response.should_end_session, true);
    }
    EXPECT_EQ(logged.size(), failures.size());
}

TEST_F(AccountLinkingTest, a_server_that_does_not_answer_gets_an_apology) {
    reachable = false;
    EXPECT_FALSE(answer_to("token").card);
    EXPECT_EQ(logged, std::vector<std::string>{"timed out"});
}

TEST_F(AccountLinkingTest, a_token_that_would_break_its_header_is_no_token) {
    for (const auto* token : {"a b", "a\r\nX-Evil: 1", "a\x7f", "\xc3\xbc"}) {
        EXPECT_TRUE(has_link_card(answer_to(token))) << token;
    }
    EXPECT_TRUE(asked.empty());
}

/// Linked accounts whose tokens are verified here.
class VerifiedTokenTest : public AccountLinkingTest {
protected:
    testing::TokenIssuer server;

    AccountLinking verifying() {
        return AccountLinking({.tokens = TokenVerifier(server.options()),
                               .log = [this](LogLevel, std::string_view event, std::string_view detail) {
                                   logged.push_back(std::string(event) + ": " + std::string(detail));
                               }});
    }
    Response answer_to(std::optional<std::string> token) {
        auto in = input(std::move(token));
        return verifying().verified([](Input& i, const TokenClaims& t) { return i.speak(t.subject); })(in);
    }
};

TEST_F(VerifiedTokenTest, a_good_token_is_taken_without_asking_userinfo) {
    EXPECT_EQ(answer_to(server.issue().reveal()).output_speech->ssml, "<speak>user-1</speak>");
    EXPECT_TRUE(asked.empty());
}

TEST_F(VerifiedTokenTest, no_token_an_expired_one_and_one_without_the_scope_get_the_card) {
    auto narrow = server.claims();
    narrow["scope"] = "openid";
    const auto good = server.issue().reveal();
    EXPECT_TRUE(has_link_card(answer_to(std::nullopt)));
    EXPECT_TRUE(has_link_card(answer_to(server.issue(narrow).reveal())));
    EXPECT_TRUE(has_link_card(answer_to("rubbish")));
    server.now += std::chrono::hours(2);
    EXPECT_TRUE(has_link_card(answer_to(good)));
    EXPECT_EQ(logged,
              (std::vector<std::string>{"not_linked: no token", "not_linked: the token lacks the scope orders/read",
                                        "not_linked: the token: no signed JWT", "not_linked: the token: expired"}));
}

TEST_F(VerifiedTokenTest, without_the_issuers_keys_there_is_an_apology_and_no_card) {
    server.reachable = false;
    const auto response = answer_to(server.issue().reveal());
    EXPECT_FALSE(response.card);
    EXPECT_NE(response.output_speech->ssml.find("Sorry"), std::string::npos);
    EXPECT_EQ(logged, std::vector<std::string>{"account_unavailable: the key set: connection refused"});
}

TEST_F(VerifiedTokenTest, needs_a_verifier) {
    EXPECT_THROW(linking().verified([](Input& in, const TokenClaims&) { return in.respond(); }), std::invalid_argument);
    EXPECT_THROW(linking().claims(input("token")), std::logic_error);
}

TEST_F(AccountLinkingTest, claims_that_are_missing_or_no_text_are_absent) {
    const UserInfo user{{{"a", "x"}, {"b", 7}, {"c", nullptr}, {"d", ""}}};
    EXPECT_EQ(user.find("a"), "x");
    for (const auto* claim : {"b", "c", "d", "e"}) EXPECT_FALSE(user.find(claim)) << claim;
}

TEST_F(AccountLinkingTest, require_linked_only_looks_for_a_token) {
    EXPECT_TRUE(linking().require_linked(input(std::nullopt)));
    EXPECT_FALSE(linking().require_linked(input("token")));
    EXPECT_TRUE(asked.empty());
}

}  // namespace
}  // namespace symbolon::skill
