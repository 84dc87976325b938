#include "symbolon/skill/smart_home/smart_home.hpp"

#include "symbolon/skill/request.hpp"

#include "smart_home_schema.hpp"

#include <gtest/gtest.h>

#include <boost/describe/enumerators.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill::smart_home {
namespace {

const Time noon{std::chrono::milliseconds{1795363380000}};  // 2026-11-22T16:03:00Z
const std::vector<std::string> no_problems;

json::object directive(std::string_view space, std::string_view name, json::object payload = {}) {
    const json::object scope{{"type", "BearerToken"}, {"token", "user-token"}};
    return {{"directive",
             {{"header",
               {{"namespace", space},
                {"name", name},
                {"payloadVersion", "3"},
                {"messageId", "m"},
                {"correlationToken", "c"}}},
              {"endpoint", {{"endpointId", "lamp-1"}, {"scope", scope}, {"cookie", {{"k", "v"}}}}},
              {"payload", std::move(payload)}}}};
}

json::object without_endpoint(std::string_view space, std::string_view name, json::object payload) {
    auto event = directive(space, name, std::move(payload));
    event.at("directive").as_object().erase("endpoint");
    event.at("directive").at("header").as_object().erase("correlationToken");
    return event;
}

json::object bearer(std::string_view token) {
    return {{"type", "BearerToken"}, {"token", token}};
}

Endpoint lamp() {
    return {.endpoint_id = "lamp-1",
            .manufacturer_name = "Symbolon",
            .friendly_name = "Desk lamp",
            .description = "A lamp",
            .display_categories = {"LIGHT"},
            .capabilities = {alexa(), power_controller(Reported::and_on_change), brightness_controller(),
                             endpoint_health()},
            .cookie = {{"k", "v"}}};
}

/// A skill with one lamp; `seen` is what its handlers were called with.
struct House {
    std::vector<std::string> seen;
    std::vector<std::string> logged;

    SmartHome skill() {
        const auto note = [this](const Call& call, const std::string& what) {
            seen.push_back(call.endpoint_id() + ' ' + what + ' ' + call.token.reveal());
        };
        return SmartHomeBuilder{}
            .on_discover([=](const Call& call) {
                note(call, "discover");
                return std::vector<Endpoint>{lamp()};
            })
            .on_power([=](const Call& call, PowerState state) {
                note(call, state == PowerState::on ? "on" : "off");
                return std::vector<Property>{power_state(state, noon), connectivity(Connectivity::ok, noon)};
            })
            .on_set_brightness([=](const Call& call, std::int64_t percent) {
                note(call, "set " + std::to_string(percent));
                return std::vector<Property>{brightness(percent, noon)};
            })
            .on_adjust_brightness([=](const Call& call, std::int64_t percent) {
                note(call, "by " + std::to_string(percent));
                return std::vector<Property>{brightness(50 + percent, noon)};
            })
            .on_report_state([](const Call&) {
                return std::vector<Property>{power_state(PowerState::off, noon), brightness(0, noon)};
            })
            .on_accept_grant([this](const GrantCall& grant) {
                if (grant.code.reveal() == "bad") throw std::runtime_error("refused");
                seen.push_back("grant " + grant.code.reveal() + ' ' + grant.token.reveal());
            })
            .on("Alexa.LockController", "Lock",
                [](const Call&) -> std::vector<Property> {
                    throw DirectiveError(ErrorType::endpoint_unreachable, "the lock is asleep");
                })
            .on("Alexa.LockController", "Unlock",
                [](const Call&) -> std::vector<Property> { throw std::runtime_error("password=geheim"); })
            .log([this](LogLevel, std::string_view event, std::string_view detail) {
                logged.push_back(std::string(event) + ": " + std::string(detail));
            })
            .message_id([] { return "id-1"; })
            .create();
    }
};

/// The published schema has nothing against a message.
void must_be_right(const json::object& message) {
    EXPECT_EQ(testing::smart_home_problems(message), no_problems) << json::serialize(message);
    testing::record_message(message);
}

/// The answer, which is right.
json::object answer(House& house, json::object event) {
    auto out = house.skill().handle(std::move(event));
    must_be_right(out);
    return out;
}

std::string error_of(const json::object& answered) {
    const auto& event = answered.at("event");
    EXPECT_EQ(event.at("header").at("name"), "ErrorResponse");
    return std::string(event.at("payload").at("type").as_string());
}

TEST(SmartHome, tells_what_there_is) {
    House house;
    const auto out = answer(house, without_endpoint("Alexa.Discovery", "Discover", {{"scope", bearer("t")}}));
    EXPECT_EQ(house.seen, (std::vector<std::string>{" discover t"}));
    EXPECT_EQ(out.at("event").at("header"), json::parse(R"({"namespace":"Alexa.Discovery","name":"Discover.Response",
        "payloadVersion":"3","messageId":"id-1"})"));
    const auto& endpoint = out.at("event").at("payload").at("endpoints").at(0);
    EXPECT_EQ(endpoint.at("cookie"), json::parse(R"({"k":"v"})"));
    EXPECT_EQ(endpoint.at("capabilities").at(0),
              json::parse(R"({"type":"AlexaInterface","interface":"Alexa","version":"3"})"));
    EXPECT_EQ(endpoint.at("capabilities").at(1), json::parse(R"({"type":"AlexaInterface","version":"3",
        "interface":"Alexa.PowerController","properties":{"supported":[{"name":"powerState"}],
        "proactivelyReported":true,"retrievable":true}})"));
}

TEST(SmartHome, switches_and_says_the_new_state) {
    House house;
    const auto out = answer(house, directive("Alexa.PowerController", "TurnOn"));
    EXPECT_EQ(out, json::parse(R"({
        "event": {"header": {"namespace":"Alexa","name":"Response","payloadVersion":"3","messageId":"id-1",
                             "correlationToken":"c"},
                  "endpoint": {"endpointId":"lamp-1"}, "payload": {}},
        "context": {"properties": [
            {"namespace":"Alexa.PowerController","name":"powerState","value":"ON",
             "timeOfSample":"2026-11-22T16:03:00.000Z","uncertaintyInMilliseconds":0},
            {"namespace":"Alexa.EndpointHealth","name":"connectivity","value":{"value":"OK"},
             "timeOfSample":"2026-11-22T16:03:00.000Z","uncertaintyInMilliseconds":0}]}})"));
    answer(house, directive("Alexa.PowerController", "TurnOff"));
    EXPECT_EQ(house.seen, (std::vector<std::string>{"lamp-1 on user-token", "lamp-1 off user-token"}));
}

TEST(SmartHome, dims_within_bounds) {
    House house;
    answer(house, directive("Alexa.BrightnessController", "SetBrightness", {{"brightness", 42}}));
    answer(house, directive("Alexa.BrightnessController", "AdjustBrightness", {{"brightnessDelta", -25}}));
    EXPECT_EQ(house.seen, (std::vector<std::string>{"lamp-1 set 42 user-token", "lamp-1 by -25 user-token"}));
    const auto refused = [&](std::string_view name, json::object payload) {
        return answer(house, directive("Alexa.BrightnessController", name, std::move(payload)));
    };
    EXPECT_EQ(error_of(refused("SetBrightness", {{"brightness", 101}})), "VALUE_OUT_OF_RANGE");
    EXPECT_EQ(error_of(refused("SetBrightness", {{"brightness", -1}})), "VALUE_OUT_OF_RANGE");
    EXPECT_EQ(error_of(refused("AdjustBrightness", {{"brightnessDelta", -101}})), "VALUE_OUT_OF_RANGE");
    EXPECT_EQ(error_of(refused("SetBrightness", {{"brightness", "42"}})), "INVALID_DIRECTIVE");
    EXPECT_EQ(error_of(refused("SetBrightness", {})), "INVALID_DIRECTIVE");
    EXPECT_EQ(refused("SetBrightness", {{"brightness", 101}}).at("event").at("payload").at("validRange"),
              json::parse(R"({"minimumValue":0,"maximumValue":100})"));
    EXPECT_EQ(house.seen.size(), 2U);
}

TEST(SmartHome, reports_its_state) {
    House house;
    const auto out = answer(house, directive("Alexa", "ReportState"));
    EXPECT_EQ(out.at("event").at("header").at("name"), "StateReport");
    EXPECT_EQ(out.at("context").at("properties").as_array().size(), 2U);
}

TEST(SmartHome, accepts_a_grant_or_says_that_it_could_not) {
    House house;
    const auto grant = [](std::string_view code) {
        return without_endpoint(
            "Alexa.Authorization", "AcceptGrant",
            {{"grant", {{"type", "OAuth2.AuthorizationCode"}, {"code", code}}}, {"grantee", bearer("user-token")}});
    };
    EXPECT_EQ(answer(house, grant("good")).at("event").at("header").at("name"), "AcceptGrant.Response");
    EXPECT_EQ(house.seen, (std::vector<std::string>{"grant good user-token"}));
    EXPECT_EQ(error_of(answer(house, grant("bad"))), "ACCEPT_GRANT_FAILED");
    EXPECT_EQ(error_of(answer(house, grant(""))), "ACCEPT_GRANT_FAILED");
    EXPECT_EQ(error_of(SmartHomeBuilder{}.log([](auto...) {}).create().handle(grant("good"))), "ACCEPT_GRANT_FAILED")
        << "no handler: linking must not look as if it had worked";
}

TEST(SmartHome, answers_with_an_error_what_it_cannot_do) {
    House house;
    EXPECT_EQ(error_of(answer(house, directive("Alexa.ColorController", "SetColor"))), "INVALID_DIRECTIVE");
    EXPECT_EQ(error_of(answer(house, directive("Alexa.LockController", "Lock"))), "ENDPOINT_UNREACHABLE");
    const auto hidden = answer(house, directive("Alexa.LockController", "Unlock"));
    EXPECT_EQ(error_of(hidden), "INTERNAL_ERROR");
    EXPECT_EQ(json::serialize(hidden).find("geheim"), std::string::npos) << "the reason is for the log only";
    EXPECT_EQ(house.logged, (std::vector<std::string>{"directive_failed: Unlock: password=geheim"}));
}

TEST(SmartHome, asks_for_a_token_before_anything_happens) {
    House house;
    auto event = directive("Alexa.PowerController", "TurnOn");
    for (const auto& scope : {json::value(nullptr), json::value(bearer("")), json::value(json::object{})}) {
        event.at("directive").at("endpoint").as_object()["scope"] = scope;
        EXPECT_EQ(error_of(answer(house, event)), "INVALID_AUTHORIZATION_CREDENTIAL");
    }
    EXPECT_TRUE(house.seen.empty());
}

TEST(SmartHome, keeps_what_it_does_not_know_of_a_directive) {
    auto event = directive("Alexa.PowerController", "TurnOn", {{"x", 1}});
    event.at("directive").as_object()["tomorrow"] = 1;
    event.at("directive").at("header").as_object()["tomorrow"] = json::array{};
    EXPECT_EQ(Directive::parse(event).to_json(), event);
}

TEST(SmartHome, refuses_what_is_no_directive) {
    House house;
    for (const auto* text : {"{}", R"({"directive":1})", R"({"directive":{}})", R"({"directive":{"header":{}}})",
                             R"({"directive":{"header":{"namespace":"Alexa"}}})"}) {
        EXPECT_THROW(house.skill().handle(json::parse(text).as_object()), MalformedRequest) << text;
    }
}

TEST(SmartHome, every_error_and_cause_is_a_word_of_the_schema) {
    const auto on = Directive::parse(directive("Alexa.PowerController", "TurnOn"));
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<ErrorType>>(
        [&](auto type) { must_be_right(error_response(on, {type.value, "m"}, "id")); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<ChangeCause>>(
        [&](auto cause) { must_be_right(change_report("lamp-1", cause.value, {brightness(200, noon)}, {}, "id")); });
    must_be_right(deferred_response(on, std::chrono::seconds(20), "id"));
}

TEST(SmartHome, the_schema_finds_what_is_wrong) {
    House house;
    const auto good = answer(house, directive("Alexa.PowerController", "TurnOn"));
    const auto broken = [&](std::string_view pointer, json::value value) {
        json::value changed = good;
        boost::system::error_code failure;
        *changed.find_pointer(pointer, failure) = std::move(value);
        return !testing::smart_home_problems(changed.as_object()).empty();
    };
    EXPECT_TRUE(broken("/event/header/messageId", "no_underscores"));
    EXPECT_TRUE(broken("/event/header/payloadVersion", 3));
    EXPECT_TRUE(broken("/event/header/name", "Answer"));
    EXPECT_TRUE(broken("/event/endpoint/endpointId", "a b"));
    EXPECT_TRUE(broken("/context/properties/0/value", "on"));
    EXPECT_TRUE(broken("/context/properties/0/timeOfSample", "2026-11-22"));
    EXPECT_TRUE(broken("/context/properties/0/uncertaintyInMilliseconds", -1));
    EXPECT_TRUE(broken("/event/payload", json::object{{"x", 1}}));
}

TEST(MessageId, is_new_each_time) {
    const auto make = random_message_id();
    EXPECT_EQ(make().size(), 36U);
    EXPECT_NE(make(), make());
}

}  // namespace
}  // namespace symbolon::skill::smart_home
