#include "symbolon/skill/smart_home/event_gateway.hpp"

#include "smart_home_schema.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill::smart_home {
namespace {

const Time opening{std::chrono::milliseconds{1795363380000}};
const std::string master_key(32, 'k');

/// Login with Amazon and the event gateway; answers come from the queues.
struct Amazon {
    Time now = opening;
    std::deque<HttpResponse> tokens;
    std::deque<HttpResponse> events;
    std::vector<FetchRequest> asked;
    std::vector<std::string> logged;
    std::shared_ptr<Persistence> store = memory_persistence();

    Fetch fetch() {
        return [this](const FetchRequest& request) {
            asked.push_back(request);
            auto& queue = request.url == "https://gateway.test/v3/events" ? events : tokens;
            if (queue.empty()) throw FetchError("nobody answers");
            auto answer = queue.front();
            queue.pop_front();
            return answer;
        };
    }

    EventGateway gateway(std::string key = master_key) {
        const auto clock = [this] { return now; };
        return EventGateway({.url = "https://gateway.test/v3/events",
                             .login = {.client_id = "id",
                                       .client_secret = "s&cret",
                                       .token_url = "https://login.test/token",
                                       .fetch = fetch(),
                                       .now = clock},
                             .store = store,
                             .master_key = std::move(key),
                             .fetch = fetch(),
                             .now = clock,
                             .log = [this](LogLevel, std::string_view event, std::string_view detail) {
                                 logged.push_back(std::string(event) + ": " + std::string(detail));
                             }});
    }

    /// A gateway where "eva" has granted it.
    EventGateway granted() {
        tokens.push_back(issued("access-1", "refresh-1"));
        auto out = gateway();
        out.accept_grant("eva", AccessToken("code"));
        asked.clear();
        return out;
    }

    static HttpResponse issued(const std::string& access, const std::string& refresh) {
        return {200,
                {},
                R"({"access_token":")" + access + R"(","refresh_token":")" + refresh +
                    R"(","token_type":"bearer","expires_in":3600})"};
    }
};

json::object report() {
    return change_report("lamp-1", ChangeCause::physical_interaction, {power_state(PowerState::on, opening)},
                         {brightness(10, opening)}, "id-1");
}

std::string header(const FetchRequest& request, std::string_view name) {
    for (const auto& [key, value] : request.headers) {
        if (key == name) return value;
    }
    return {};
}

TEST(EventGateway, changes_the_code_for_tokens_and_sends_with_them) {
    Amazon amazon;
    amazon.tokens.push_back(Amazon::issued("access-1", "refresh-1"));
    amazon.events.push_back({202, {}, ""});
    const auto gateway = amazon.gateway();
    gateway.accept_grant("eva", AccessToken("c&de"));
    EXPECT_EQ(amazon.asked.at(0).body, "grant_type=authorization_code&code=c%26de&client_id=id&client_secret=s%26cret");
    EXPECT_EQ(gateway.send("eva", report()), Delivery::accepted);
    EXPECT_EQ(header(amazon.asked.at(1), "Authorization"), "Bearer access-1");
    const auto sent = json::parse(amazon.asked.at(1).body).as_object();
    EXPECT_EQ(sent.at("event").at("endpoint").at("scope").at("token"), "access-1");
    EXPECT_EQ(testing::smart_home_problems(sent), std::vector<std::string>{});
    testing::record_message(sent);
}

TEST(EventGateway, names_the_user_in_the_payload_of_a_discovery_report) {
    Amazon amazon;
    const auto gateway = amazon.granted();
    const Endpoint lamp{.endpoint_id = "l",
                        .manufacturer_name = "m",
                        .friendly_name = "f",
                        .description = "d",
                        .display_categories = {"LIGHT"},
                        .capabilities = {alexa()}};
    for (const auto& event : {add_or_update_report({lamp}, "i"), delete_report({"l", "m"}, "i")}) {
        amazon.events.push_back({202, {}, ""});
        EXPECT_EQ(gateway.send("eva", event), Delivery::accepted);
        const auto sent = json::parse(amazon.asked.back().body).as_object();
        EXPECT_EQ(testing::smart_home_problems(sent), std::vector<std::string>{});
        testing::record_message(sent);
    }
}

TEST(EventGateway, refreshes_a_minute_before_the_token_expires) {
    Amazon amazon;
    const auto gateway = amazon.granted();
    amazon.now = opening + std::chrono::seconds(3600 - 61);
    amazon.events = {{202, {}, ""}, {202, {}, ""}};
    gateway.send("eva", report());
    EXPECT_EQ(amazon.asked.size(), 1U);
    amazon.now += std::chrono::seconds(1);
    amazon.tokens.push_back({200, {}, R"({"access_token":"access-2","expires_in":3600})"});
    EXPECT_EQ(gateway.send("eva", report()), Delivery::accepted);
    EXPECT_EQ(amazon.asked.at(1).body,
              "grant_type=refresh_token&refresh_token=refresh-1&client_id=id&client_secret=s%26cret");
    EXPECT_EQ(header(amazon.asked.at(2), "Authorization"), "Bearer access-2");

    amazon.now += std::chrono::hours(2);
    amazon.tokens.push_back(Amazon::issued("access-3", "refresh-3"));
    amazon.events.push_back({202, {}, ""});
    gateway.send("eva", report());
    EXPECT_NE(amazon.asked.at(3).body.find("refresh_token=refresh-1"), std::string::npos)
        << "an answer without a refresh token keeps the old one";
}

TEST(EventGateway, refreshes_once_when_a_token_is_not_accepted) {
    Amazon amazon;
    const auto gateway = amazon.granted();
    amazon.events = {{401, {}, ""}, {202, {}, ""}};
    amazon.tokens.push_back(Amazon::issued("access-2", "refresh-2"));
    EXPECT_EQ(gateway.send("eva", report()), Delivery::accepted);

    amazon.events = {{401, {}, ""}, {401, {}, ""}};
    amazon.tokens.push_back(Amazon::issued("access-3", "refresh-3"));
    EXPECT_EQ(gateway.send("eva", report()), Delivery::unavailable);
    EXPECT_TRUE(amazon.events.empty());
}

TEST(EventGateway, forgets_who_took_the_grant_back) {
    Amazon amazon;
    const auto gateway = amazon.granted();
    EXPECT_EQ(gateway.send("adam", report()), Delivery::no_grant);
    amazon.events.push_back(
        {403, {}, R"({"header":{},"payload":{"code":"SKILL_DISABLED_EXCEPTION","description":"x"}})"});
    EXPECT_EQ(gateway.send("eva", report()), Delivery::no_grant);
    amazon.asked.clear();
    EXPECT_EQ(gateway.send("eva", report()), Delivery::no_grant);
    EXPECT_TRUE(amazon.asked.empty());

    const auto again = amazon.granted();
    amazon.now += std::chrono::hours(2);
    amazon.tokens.push_back({400, {}, R"({"error":"invalid_grant"})"});
    EXPECT_EQ(again.send("eva", report()), Delivery::no_grant);

    const auto third = amazon.granted();
    third.forget("eva");
    EXPECT_EQ(third.send("eva", report()), Delivery::no_grant);
}

TEST(EventGateway, keeps_the_grant_when_something_is_down) {
    Amazon amazon;
    const auto gateway = amazon.granted();
    EXPECT_EQ(gateway.send("eva", report()), Delivery::unavailable) << "no answer of the gateway";
    amazon.events = {{429, {}, ""}, {503, {}, ""}, {400, {}, R"({"payload":{"code":"INVALID_REQUEST_EXCEPTION"}})"}};
    EXPECT_EQ(gateway.send("eva", report()), Delivery::unavailable);
    EXPECT_EQ(gateway.send("eva", report()), Delivery::unavailable);
    EXPECT_EQ(gateway.send("eva", report()), Delivery::refused);
    EXPECT_EQ(amazon.logged.back(), "event_refused: 400 INVALID_REQUEST_EXCEPTION");
    amazon.now += std::chrono::hours(2);
    EXPECT_EQ(gateway.send("eva", report()), Delivery::unavailable) << "no answer of the token endpoint";
    for (const auto* body : {"<html>", "{}", "[]"}) {
        amazon.tokens.push_back({200, {}, body});
        EXPECT_EQ(gateway.send("eva", report()), Delivery::unavailable) << body;
    }
    amazon.tokens.push_back(Amazon::issued("access-2", "refresh-2"));
    amazon.events.push_back({202, {}, ""});
    EXPECT_EQ(gateway.send("eva", report()), Delivery::accepted);
}

TEST(EventGateway, a_grant_that_is_refused_fails_the_linking) {
    Amazon amazon;
    const auto gateway = amazon.gateway();
    amazon.tokens.push_back({400, {}, R"({"error":"invalid_grant","error_description":"token=geheim"})"});
    try {
        gateway.accept_grant("eva", AccessToken("code"));
        FAIL();
    } catch (const GrantError& error) {
        EXPECT_EQ(error.kind(), GrantError::Kind::refused);
        EXPECT_EQ(std::string(error.what()), "the token endpoint answered 400 invalid_grant");
    }
    EXPECT_THROW(gateway.accept_grant("eva", AccessToken("code")), GrantError) << "no answer";
    amazon.tokens.push_back({200, {}, R"({"access_token":"a"})"});
    EXPECT_THROW(gateway.accept_grant("eva", AccessToken("code")), GrantError) << "a grant without a refresh token";
}

TEST(EventGateway, stores_tokens_sealed_and_bound_to_their_user) {
    Amazon amazon;
    const auto gateway = amazon.granted();
    const auto stored = amazon.store->load("grant:eva");
    const auto text = json::serialize(stored.attributes);
    EXPECT_EQ(text.find("access-1"), std::string::npos);
    EXPECT_EQ(text.find("refresh-1"), std::string::npos);
    amazon.store->save("grant:mallory", {stored.attributes, 0});
    EXPECT_EQ(gateway.send("mallory", report()), Delivery::no_grant) << "a row that was moved opens for nobody";
    EXPECT_EQ(amazon.gateway(std::string(32, 'x')).send("eva", report()), Delivery::no_grant);
}

TEST(EventGateway, takes_the_tokens_that_another_process_refreshed) {
    Amazon amazon;
    const auto gateway = amazon.granted();
    const auto other = amazon.gateway();
    amazon.now += std::chrono::hours(2);
    amazon.tokens.push_back(Amazon::issued("access-2", "refresh-2"));
    amazon.events = {{202, {}, ""}, {202, {}, ""}};
    other.send("eva", report());
    EXPECT_EQ(gateway.send("eva", report()), Delivery::accepted);
    EXPECT_EQ(header(amazon.asked.back(), "Authorization"), "Bearer access-2");
}

TEST(EventGateway, needs_a_store_and_a_key) {
    EXPECT_THROW(EventGateway({.master_key = master_key}), std::invalid_argument);
    Amazon amazon;
    EXPECT_THROW(amazon.gateway("short"), std::invalid_argument);
}

}  // namespace
}  // namespace symbolon::skill::smart_home
