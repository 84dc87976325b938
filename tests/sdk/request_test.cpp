#include "symbolon/skill/request.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <variant>

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
    EXPECT_EQ(request.intent.confirmation, ConfirmationStatus::confirmed);
    const auto& drink = request.intent.slots.at("drink");
    EXPECT_EQ(drink.value, "flat white");
    EXPECT_EQ(drink.confirmation, ConfirmationStatus::denied);
    ASSERT_EQ(drink.resolutions.size(), 2U);
    EXPECT_EQ(drink.resolutions[0].status, ResolutionStatus::no_match);
    EXPECT_EQ(drink.find_resolved()->id, "FW");
    EXPECT_FALSE(request.intent.slots.at("size").value);
    EXPECT_FALSE(request.intent.slots.at("size").find_resolved());
}

TEST(Request, takes_identity_from_the_context_and_never_from_the_session) {
    const auto envelope = parse(intent_request);
    EXPECT_EQ(envelope.system.application_id, "app");
    EXPECT_EQ(envelope.system.user.user_id, "u");
    EXPECT_EQ(envelope.system.user.access_token->reveal(), "t");
    EXPECT_EQ(envelope.system.person->person_id, "p");
    EXPECT_FALSE(envelope.system.person->access_token);
    EXPECT_EQ(envelope.system.device->device_id, "d");
    EXPECT_TRUE(envelope.system.device->supported_interfaces.contains("AudioPlayer"));
    EXPECT_EQ(envelope.system.api_access_token->reveal(), "a");

    const auto without =
        parse(R"({"session":{"user":{"accessToken":"t"}},"request":{"type":"LaunchRequest"},"context":{}})");
    EXPECT_FALSE(without.system.user.access_token);
}

TEST(Request, keeps_what_it_does_not_know) {
    const auto envelope = parse(intent_request);
    EXPECT_EQ(envelope.raw, json::parse(intent_request).as_object());
    EXPECT_TRUE(envelope.request_json().at("tomorrow").as_bool());
}

TEST(Request, a_token_that_is_missing_null_or_empty_is_no_token) {
    EXPECT_FALSE(with_user(R"({"userId":"u"})").system.user.access_token);
    EXPECT_FALSE(with_user(R"({"userId":"u","accessToken":null})").system.user.access_token);
    EXPECT_FALSE(with_user(R"({"userId":"u","accessToken":""})").system.user.access_token);
    EXPECT_TRUE(with_user(R"({"userId":"u","accessToken":"t"})").system.user.access_token);
}

TEST(Request, says_why_the_session_ended) {
    const auto envelope = parse(R"({"request":{"type":"SessionEndedRequest","reason":"ERROR",
                                    "error":{"type":"INVALID_RESPONSE","message":"m"}}})");
    const auto& ended = std::get<SessionEndedRequest>(envelope.request.content);
    EXPECT_EQ(ended.reason, EndReason::error);
    EXPECT_EQ(ended.error_type, "INVALID_RESPONSE");
    EXPECT_EQ(ended.error_message, "m");
}

TEST(Request, tolerates_types_and_values_that_do_not_exist_yet) {
    const auto envelope = parse(R"({"request":{"type":"Tomorrow.Request","x":{"y":1}}})");
    EXPECT_TRUE(std::holds_alternative<OtherRequest>(envelope.request.content));
    EXPECT_EQ(envelope.request_json().at("x").at("y"), 1);
    EXPECT_FALSE(envelope.session);

    const auto values = parse(R"({"request":{"type":"IntentRequest","dialogState":"PAUSED","intent":{"name":"I",
        "confirmationStatus":"MAYBE","slots":{"a":7,"b":{"value":7,"resolutions":[]}}}}})");
    const auto& request = std::get<IntentRequest>(values.request.content);
    EXPECT_EQ(request.dialog_state, DialogState::other);
    EXPECT_EQ(request.intent.confirmation, ConfirmationStatus::other);
    EXPECT_EQ(request.intent.slots.size(), 1U);
}

TEST(Request, is_malformed_without_a_type) {
    for (const auto* text : {"{}", R"({"request":null})", R"({"request":[]})", R"({"request":{}})",
                             R"({"request":{"type":7}})", R"({"request":{"type":"IntentRequest"}})"}) {
        EXPECT_THROW(parse(text), MalformedRequest) << text;
    }
}

}  // namespace
}  // namespace symbolon::skill
