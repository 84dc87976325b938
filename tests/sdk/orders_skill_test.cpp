#include "orders_skill.hpp"

#include "sdk/token_issuer.hpp"

#include <gtest/gtest.h>

#include <boost/json/value.hpp>

#include <optional>
#include <string>

namespace symbolon::skill::testing {
namespace {

class OrdersSkill : public ::testing::Test {
protected:
    TokenIssuer server;
    Skill skill = orders_skill::make({.skill_ids = {std::string(skill_id)}, .tokens = server.options()});

    std::string token_with(std::string_view scope, std::string_view user = "anna") {
        auto claims = server.claims();
        claims["scope"] = scope;
        claims["sub"] = user;
        return server.issue(claims).reveal();
    }
    json::object ask(const std::string& intent, const std::optional<std::string>& token, json::object slots = {}) {
        json::object user{{"userId", "u"}};
        if (token) user["accessToken"] = *token;
        return skill
            .invoke({{"version", "1.0"},
                     {"context", {{"System", {{"application", {{"applicationId", skill_id}}}, {"user", user}}}}},
                     {"request",
                      {{"type", "IntentRequest"},
                       {"requestId", "r"},
                       {"timestamp", to_iso(server.now)},
                       {"intent", {{"name", intent}, {"slots", slots}}}}}})
            .at("response")
            .as_object();
    }
    json::object order(const std::string& drink, const std::optional<std::string>& token) {
        return ask("OrderIntent", token, {{"drink", {{"name", "drink"}, {"value", drink}}}});
    }
    static std::string speech(const json::object& response) {
        return std::string(response.at("outputSpeech").at("ssml").as_string());
    }
    static bool has_link_card(const json::object& response) {
        return response.contains("card") && response.at("card").at("type") == "LinkAccount";
    }
};

TEST_F(OrdersSkill, takes_orders_and_tells_them_to_who_made_them) {
    const auto anna = token_with("openid orders/read orders/write");
    EXPECT_EQ(speech(order("coffee", anna)), "<speak>One coffee, coming up.</speak>");
    order("tea", anna);
    order("soup", anna);
    EXPECT_EQ(speech(ask("MyOrdersIntent", anna)), "<speak>You have ordered one coffee, one tea and one soup.</speak>");
    EXPECT_EQ(speech(ask("MyOrdersIntent", token_with("orders/read", "ben"))),
              "<speak>You have not ordered anything yet.</speak>");
    EXPECT_EQ(server.asked.size(), 2U) << "the keys once for each verifier, and nothing for a request";
}

TEST_F(OrdersSkill, each_intent_wants_its_own_scope) {
    const auto reader = token_with("openid orders/read");
    EXPECT_FALSE(has_link_card(ask("MyOrdersIntent", reader)));
    EXPECT_TRUE(has_link_card(order("coffee", reader)));
    EXPECT_EQ(speech(ask("MyOrdersIntent", reader)), "<speak>You have not ordered anything yet.</speak>");
    EXPECT_TRUE(has_link_card(ask("MyOrdersIntent", token_with("orders/write"))));
}

TEST_F(OrdersSkill, without_a_good_token_there_is_a_card) {
    const auto token = token_with("orders/write");
    EXPECT_TRUE(has_link_card(order("coffee", std::nullopt)));
    EXPECT_TRUE(has_link_card(order("coffee", "opaque")));
    auto claims = server.claims();
    claims["scope"] = "orders/write";
    claims["client_id"] = "another";
    EXPECT_TRUE(has_link_card(order("coffee", server.issue(claims).reveal())));
    server.now += std::chrono::hours(2);
    EXPECT_TRUE(has_link_card(order("coffee", token)));
}

TEST_F(OrdersSkill, asks_for_what_is_missing_and_escapes_what_is_said) {
    const auto token = token_with("orders/write");
    EXPECT_EQ(ask("OrderIntent", token).at("shouldEndSession"), false);
    EXPECT_EQ(speech(order("<audio src='x'/>", token)),
              "<speak>One &lt;audio src=&apos;x&apos;/&gt;, coming up.</speak>");
}

TEST_F(OrdersSkill, nobody_orders_without_end) {
    const auto token = token_with("orders/write");
    for (std::size_t i = 0; i < orders_skill::OrderBook::most_for_one; ++i) order("coffee", token);
    EXPECT_EQ(speech(order("coffee", token)), "<speak>You have enough to drink.</speak>");
}

}  // namespace
}  // namespace symbolon::skill::testing
