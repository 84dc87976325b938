#include "symbolon/skill/request.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::skill {
namespace {

RequestEnvelope parse(std::string_view text) {
    return RequestEnvelope::parse(json::parse(text).as_object());
}

RequestEnvelope with_user(std::string_view user) {
    return parse(R"({"request":{"type":"LaunchRequest"},"context":{"System":{"user":)" + std::string(user) + "}}}");
}

constexpr std::string_view intent_request = R"({
    "version": "1.0",
    "session": {"new": true, "sessionId": "s", "attributes": {"step": 2},
                "user": {"userId": "from-session", "accessToken": "from-session"}},
    "context": {"System": {"application": {"applicationId": "app"}, "user": {"userId": "u", "accessToken": "t"},
                           "person": {"personId": "p"}, "apiEndpoint": "https://api", "apiAccessToken": "a",
                           "device": {"deviceId": "d", "supportedInterfaces": {"AudioPlayer": {}}}},
                "Tomorrow": {"x": [1]}},
    "request": {"type": "IntentRequest", "requestId": "r", "timestamp": "2026-11-22T16:03:00Z", "locale": "de-DE",
                "dialogState": "IN_PROGRESS", "tomorrow": true,
                "intent": {"name": "OrderIntent", "confirmationStatus": "CONFIRMED", "slots": {
                    "size": {"name": "size", "confirmationStatus": "NONE"},
                    "drink": {"name": "drink", "value": "flat white", "confirmationStatus": "DENIED", "resolutions": {
                        "resolutionsPerAuthority": [
                            {"authority": "one", "status": {"code": "ER_SUCCESS_NO_MATCH"}},
                            {"authority": "two", "status": {"code": "ER_SUCCESS_MATCH"},
                             "values": [{"value": {"name": "Flat White", "id": "FW"}}]}]}}}}}})";

TEST(Request, has_its_intent_with_slots_and_resolutions) {
    const auto envelope = parse(intent_request);
    const auto& request = std::get<IntentRequest>(envelope.request.content);
    EXPECT_EQ(request.dialog_state, DialogState::in_progress);
    EXPECT_EQ(request.intent.name, "OrderIntent");
    EXPECT_EQ(request.intent.confirmation_status, ConfirmationStatus::confirmed);
    const auto& drink = request.intent.slots.at("drink");
    EXPECT_EQ(drink.value, "flat white");
    EXPECT_EQ(drink.confirmation_status, ConfirmationStatus::denied);
    ASSERT_EQ(drink.resolutions.resolutions_per_authority.size(), 2U);
    EXPECT_EQ(drink.resolutions.resolutions_per_authority[0].status.code, ResolutionCode::er_success_no_match);
    EXPECT_EQ(drink.find_resolved()->id, "FW");
    EXPECT_FALSE(request.intent.slots.at("size").value);
    EXPECT_FALSE(request.intent.slots.at("size").find_resolved());
}

TEST(Request, takes_identity_from_the_context_and_never_from_the_session) {
    const auto envelope = parse(intent_request);
    const auto& system = envelope.context.system;
    EXPECT_EQ(system.application.application_id, "app");
    EXPECT_EQ(system.user.user_id, "u");
    EXPECT_EQ(system.user.access_token->reveal(), "t");
    EXPECT_EQ(system.person->person_id, "p");
    EXPECT_FALSE(system.person->access_token);
    EXPECT_EQ(system.device->device_id, "d");
    EXPECT_TRUE(system.device->supports("AudioPlayer"));
    EXPECT_EQ(system.api_access_token->reveal(), "a");

    const auto without =
        parse(R"({"session":{"user":{"accessToken":"t"}},"request":{"type":"LaunchRequest"},"context":{}})");
    EXPECT_FALSE(without.context.system.user.access_token);
}

TEST(Request, keeps_what_it_does_not_know) {
    const auto envelope = parse(intent_request);
    EXPECT_EQ(envelope.to_json(), json::parse(intent_request).as_object());
    EXPECT_TRUE(envelope.request.to_json().at("tomorrow").as_bool());
    EXPECT_EQ(envelope.context.unknown.at("Tomorrow").at("x").at(0), 1);
}

TEST(Request, keeps_values_that_do_not_fit_their_type) {
    constexpr std::string_view odd = R"({"version": 1, "session": {"new": "yes", "attributes": {}, "sessionId": ""},
        "context": {"System": {"user": {"userId": 7, "accessToken": null}, "device": [], "person": {}},
                    "AudioPlayer": {"offsetInMilliseconds": "1", "playerActivity": "DANCING"}, "Viewports": [1, {}],
                    "Geolocation": {"coordinate": {"latitudeInDegrees": 47.5, "accuracyInMeters": 10}}},
        "request": {"type": "IntentRequest", "requestId": 5, "locale": "", "dialogState": null, "intent": {"name": "I",
            "slots": {"a": 7, "b": {"name": "b", "value": ""}, "c": {}}}}})";
    const auto envelope = parse(odd);
    EXPECT_EQ(envelope.to_json(), json::parse(odd).as_object());
    EXPECT_FALSE(envelope.session->is_new);
    EXPECT_TRUE(envelope.context.system.user.user_id.empty());
    EXPECT_TRUE(envelope.context.system.person);
    EXPECT_FALSE(envelope.context.audio_player->player_activity);
    EXPECT_EQ(envelope.context.geolocation->coordinate->latitude_in_degrees, 47.5);
    const auto& slots = std::get<IntentRequest>(envelope.request.content).intent.slots;
    EXPECT_EQ(slots.size(), 2U);
    EXPECT_FALSE(slots.at("b").value);
}

TEST(Request, tells_one_value_of_a_slot_from_a_list) {
    const auto envelope = parse(R"({"request":{"type":"IntentRequest","intent":{"name":"I","slots":{
        "one":{"name":"one","value":"milk","slotValue":{"type":"Simple","value":"milk"}},
        "many":{"name":"many","slotValue":{"type":"List","values":[
            {"type":"Simple","value":"milk"},{"type":"Simple","value":"bread","resolutions":{"resolutionsPerAuthority":[
                {"authority":"a","status":{"code":"ER_SUCCESS_MATCH"},"values":[{"value":{"name":"Bread","id":"B"}}]}]}}]}},
        "none":{"name":"none"}}}}})");
    const auto& intent = std::get<IntentRequest>(envelope.request.content).intent;
    EXPECT_EQ(intent.find_slot("one")->values(), (std::vector<std::string>{"milk"}));
    EXPECT_EQ(intent.find_slot("many")->values(), (std::vector<std::string>{"milk", "bread"}));
    EXPECT_EQ(intent.find_slot("many")->slot_value->values.at(1).resolutions.find_best()->id, "B");
    EXPECT_TRUE(intent.find_slot("none")->values().empty());
    EXPECT_EQ(intent.find_slot("other"), nullptr);
}

TEST(Request, a_token_that_is_missing_null_or_empty_is_no_token) {
    EXPECT_FALSE(with_user(R"({"userId":"u"})").context.system.user.access_token);
    EXPECT_FALSE(with_user(R"({"userId":"u","accessToken":null})").context.system.user.access_token);
    EXPECT_FALSE(with_user(R"({"userId":"u","accessToken":""})").context.system.user.access_token);
    EXPECT_TRUE(with_user(R"({"userId":"u","accessToken":"t"})").context.system.user.access_token);
}

TEST(Request, says_why_the_session_ended) {
    const auto envelope = parse(R"({"request":{"type":"SessionEndedRequest","reason":"ERROR",
                                    "error":{"type":"INVALID_RESPONSE","message":"m"}}})");
    const auto& ended = std::get<SessionEndedRequest>(envelope.request.content);
    EXPECT_EQ(ended.reason, EndReason::error);
    EXPECT_EQ(ended.error->type, "INVALID_RESPONSE");
    EXPECT_EQ(ended.error->message, "m");
}

TEST(Request, tolerates_types_and_values_that_do_not_exist_yet) {
    const auto envelope = parse(R"({"request":{"type":"Tomorrow.Request","x":{"y":1}}})");
    EXPECT_TRUE(std::holds_alternative<OtherRequest>(envelope.request.content));
    EXPECT_EQ(std::get<OtherRequest>(envelope.request.content).unknown.at("x").at("y"), 1);
    EXPECT_FALSE(envelope.session);

    const auto values = parse(R"({"request":{"type":"IntentRequest","dialogState":"PAUSED","intent":{"name":"I",
        "confirmationStatus":"MAYBE","slots":{"a":7,"b":{"value":7,"resolutions":[]}}}}})");
    const auto& request = std::get<IntentRequest>(values.request.content);
    EXPECT_FALSE(request.dialog_state);
    EXPECT_FALSE(request.intent.confirmation_status);
    EXPECT_EQ(request.intent.slots.size(), 1U);
}

/// A slot whose value is a list in a list in a list …
std::string nested_slot(int lists) {
    std::string value = R"({"type":"Simple","value":"milk"})";
    for (int i = 0; i < lists; ++i) value = R"({"type":"List","values":[)" + value + "]}";
    return R"({"request":{"type":"IntentRequest","intent":{"name":"I","slots":{"s":{"slotValue":)" + value + "}}}}}";
}

TEST(Request, is_read_as_deep_as_the_parser_reads_and_no_deeper) {
    const auto deepest = nested_slot(12);
    const auto envelope = parse(deepest);
    EXPECT_EQ(envelope.to_json(), json::parse(deepest).as_object());
    EXPECT_EQ(std::get<IntentRequest>(envelope.request.content).intent.find_slot("s")->values().at(0), "milk");
    boost::system::error_code failure;
    json::parse(nested_slot(14), failure);
    EXPECT_TRUE(failure) << "32 levels are enough for anybody, and bound what reading them recursively costs";
}

TEST(Request, is_malformed_without_a_type) {
    for (const auto* text : {"{}", R"({"request":null})", R"({"request":[]})", R"({"request":{}})",
                             R"({"request":{"type":7}})", R"({"request":{"type":"IntentRequest"}})"}) {
        EXPECT_THROW(parse(text), MalformedRequest) << text;
    }
}

}  // namespace
}  // namespace symbolon::skill
