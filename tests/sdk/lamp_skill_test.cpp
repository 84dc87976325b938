#include "lamp_skill.hpp"

#include "sdk/lambda_emulator.hpp"
#include "sdk/token_issuer.hpp"
#include "symbolon/skill/lambda.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <string>

namespace symbolon::skill::testing {
namespace {

class LampSkill : public ::testing::Test {
protected:
    TokenIssuer server;
    smart_home::SmartHome home = make();

    smart_home::SmartHome make() {
        auto tokens = server.options();
        tokens.scopes.clear();
        return lamp_skill::make({.tokens = tokens, .log = [](auto&&...) {}});
    }
    std::string token_of(std::string_view user) {
        auto claims = server.claims();
        claims["sub"] = user;
        return server.issue(claims).reveal();
    }
    static json::object scope(const std::string& token) { return {{"type", "BearerToken"}, {"token", token}}; }
    static json::object header(std::string_view namespace_name, std::string_view name) {
        return {{"namespace", namespace_name},
                {"name", name},
                {"payloadVersion", "3"},
                {"messageId", "m"},
                {"correlationToken", "c"}};
    }
    static json::object discovery(const std::string& token) {
        return {
            {"directive", {{"header", header("Alexa.Discovery", "Discover")}, {"payload", {{"scope", scope(token)}}}}}};
    }
    json::object ask(const std::string& token, std::string_view namespace_name, std::string_view name,
                     json::object payload = {}, std::string_view endpoint = "lamp-1") {
        return home.handle(
            {{"directive",
              {{"header", header(namespace_name, name)},
               {"endpoint", {{"scope", scope(token)}, {"endpointId", endpoint}, {"cookie", json::object{}}}},
               {"payload", std::move(payload)}}}});
    }
    static std::string name_of(const json::object& event) {
        return std::string(event.at("event").at("header").at("name").as_string());
    }
    static std::string error_of(const json::object& event) {
        if (name_of(event) != "ErrorResponse") return name_of(event);
        return std::string(event.at("event").at("payload").at("type").as_string());
    }
    static json::value property(const json::object& event, std::string_view name) {
        for (const auto& item : event.at("context").at("properties").as_array()) {
            if (item.at("name") == json::string_view(name.data(), name.size())) return item.at("value");
        }
        return {};
    }
};

TEST_F(LampSkill, is_discovered_with_two_lamps_that_can_be_switched_and_dimmed) {
    const auto found = home.handle(discovery(token_of("anna")));
    ASSERT_EQ(name_of(found), "Discover.Response");
    const auto& endpoints = found.at("event").at("payload").at("endpoints").as_array();
    ASSERT_EQ(endpoints.size(), 2U);
    EXPECT_EQ(endpoints[0].at("friendlyName"), "Kitchen lamp");
    const auto text = json::serialize(endpoints[0]);
    for (const auto* capability : {"Alexa.PowerController", "Alexa.BrightnessController", "Alexa.EndpointHealth"}) {
        EXPECT_NE(text.find(capability), std::string::npos) << capability;
    }
}

TEST_F(LampSkill, switches_and_dims_and_tells_how_it_is) {
    const auto anna = token_of("anna");
    const auto on = ask(anna, "Alexa.PowerController", "TurnOn");
    EXPECT_EQ(name_of(on), "Response");
    EXPECT_EQ(on.at("event").at("header").at("correlationToken"), "c");
    EXPECT_EQ(property(on, "powerState"), "ON");
    EXPECT_EQ(property(ask(anna, "Alexa.BrightnessController", "SetBrightness", {{"brightness", 30}}), "brightness"),
              30);
    EXPECT_EQ(
        property(ask(anna, "Alexa.BrightnessController", "AdjustBrightness", {{"brightnessDelta", -50}}), "brightness"),
        0);
    const auto state = ask(anna, "Alexa", "ReportState");
    EXPECT_EQ(name_of(state), "StateReport");
    EXPECT_EQ(property(state, "powerState"), "ON");
    EXPECT_EQ(property(state, "brightness"), 0);
    EXPECT_EQ(property(ask(anna, "Alexa.PowerController", "TurnOff"), "powerState"), "OFF");
}

TEST_F(LampSkill, everybody_has_lamps_of_their_own) {
    ask(token_of("anna"), "Alexa.PowerController", "TurnOn");
    EXPECT_EQ(property(ask(token_of("ben"), "Alexa", "ReportState"), "powerState"), "OFF");
    EXPECT_EQ(error_of(ask(token_of("ben"), "Alexa.PowerController", "TurnOn", {}, "lamp-9")), "NO_SUCH_ENDPOINT");
}

TEST_F(LampSkill, only_a_dead_token_is_called_so) {
    const auto good = token_of("anna");
    EXPECT_EQ(error_of(ask("opaque", "Alexa.PowerController", "TurnOn")), "INVALID_AUTHORIZATION_CREDENTIAL");
    EXPECT_EQ(error_of(home.handle(discovery("opaque"))), "INVALID_AUTHORIZATION_CREDENTIAL");
    server.now += std::chrono::hours(2);
    EXPECT_EQ(error_of(ask(good, "Alexa.PowerController", "TurnOn")), "EXPIRED_AUTHORIZATION_CREDENTIAL");
    server.reachable = false;
    home = make();  // without keys
    EXPECT_EQ(error_of(ask(token_of("anna"), "Alexa.PowerController", "TurnOn")), "INTERNAL_ERROR");
}

TEST_F(LampSkill, without_its_scope_a_token_is_not_enough) {
    auto tokens = server.options();
    tokens.scopes = {"lamps/control"};
    home = lamp_skill::make({.tokens = tokens, .log = [](auto&&...) {}});
    EXPECT_EQ(error_of(ask(token_of("anna"), "Alexa.PowerController", "TurnOn")), "INSUFFICIENT_PERMISSIONS");
}

TEST_F(LampSkill, comes_through_lambdas_door_beside_a_custom_skill) {
    LambdaEmulator emulator;
    emulator.queue({json::serialize(discovery(token_of("anna")))});
    emulator.queue({R"({"request":{"type":"LaunchRequest","requestId":"r","timestamp":"2026-11-22T16:03:00Z"}})"});
    emulator.queue({R"({"directive":7})"});
    const auto custom = SkillBuilder{}.otherwise([](Input& in) { return in.speak("Hi."); }).create();
    lambda::run(lambda::function_of(custom, home), {.runtime_api = emulator.address(), .log = [](auto&&...) {}});
    ASSERT_EQ(emulator.posted().size(), 3U);
    EXPECT_EQ(name_of(json::parse(emulator.posted()[0].body).as_object()), "Discover.Response");
    EXPECT_EQ(json::parse(emulator.posted()[1].body).at("response").at("outputSpeech").at("ssml"),
              "<speak>Hi.</speak>");
    EXPECT_EQ(emulator.posted()[2].error_type, "Function.MalformedEvent");
}

}  // namespace
}  // namespace symbolon::skill::testing
