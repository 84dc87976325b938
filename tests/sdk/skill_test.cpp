#include "symbolon/skill/skill.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace symbolon::skill {
namespace {

Handler says(std::string_view text) {
    return [text = std::string(text)](Input& in) { return in.speak(text); };
}

std::string spoken(const json::object& answer) {
    const auto ssml = answer.at("response").at("outputSpeech").at("ssml").as_string();
    return {ssml.begin() + 7, ssml.end() - 8};
}

json::object request(std::string_view type) {
    return {{"request", {{"type", type}}}, {"session", {{"attributes", {{"step", 1}}}}}};
}
json::object intent(std::string_view name) {
    auto envelope = request("IntentRequest");
    envelope["request"].as_object()["intent"] = {{"name", name}};
    return envelope;
}

TEST(Skill, the_first_handler_that_wants_the_request_answers) {
    const auto skill = SkillBuilder{}
                           .on("IntentRequest", says("type"))
                           .on("AIntent", says("a"))
                           .on({"AIntent", "BIntent"}, says("ab"))
                           .on("LaunchRequest", says("launch"))
                           .otherwise(says("other"))
                           .create();
    EXPECT_EQ(spoken(skill.invoke(intent("AIntent"))), "a");
    EXPECT_EQ(spoken(skill.invoke(intent("BIntent"))), "ab");
    EXPECT_EQ(spoken(skill.invoke(request("LaunchRequest"))), "launch");
    EXPECT_EQ(spoken(skill.invoke(intent("CIntent"))), "other") << "an intent goes by its name, never by its type";
    EXPECT_EQ(spoken(skill.invoke(request("Tomorrow.Request"))), "other");
}

TEST(Skill, fails_when_nobody_wants_the_request) {
    EXPECT_THROW(SkillBuilder{}.on("AIntent", says("a")).create().invoke(intent("BIntent")), NoHandler);
}

TEST(Skill, answers_only_for_its_own_ids) {
    auto envelope = request("LaunchRequest");
    const auto skill = SkillBuilder{}.skill_id("live").skill_id("dev").otherwise(says("hi")).create();
    EXPECT_THROW(skill.invoke(envelope), WrongApplication);
    for (const auto* id : {"live", "dev"}) {
        envelope["context"] = {{"System", {{"application", {{"applicationId", id}}}}}};
        EXPECT_EQ(spoken(skill.invoke(envelope)), "hi");
    }
    envelope["context"] = {{"System", {{"application", {{"applicationId", "other"}}}}}};
    EXPECT_THROW(skill.invoke(envelope), WrongApplication);
}

TEST(Skill, interceptors_run_around_the_handler_in_order) {
    const auto note = [](Input& in, std::string_view what) {
        auto& trace = in.request_attributes()["trace"];
        trace = (trace.is_string() ? std::string(trace.as_string()) : std::string{}) + std::string(what);
    };
    const auto skill = SkillBuilder{}
                           .before([=](Input& in) { note(in, "1"); })
                           .before([=](Input& in) { note(in, "2"); })
                           .otherwise([=](Input& in) {
                               note(in, "h");
                               return in.respond();
                           })
                           .after([=](Input& in, Response&) { note(in, "3"); })
                           .after([=](Input& in, Response& response) {
                               response = in.speak(in.request_attributes().at("trace").as_string());
                           })
                           .create();
    EXPECT_EQ(spoken(skill.invoke(request("LaunchRequest"))), "12h3");
}

TEST(Skill, errors_go_to_the_first_error_handler_that_wants_them_and_past_response_interceptors) {
    const auto is_logic = [](const Input&, const std::exception& error) {
        return dynamic_cast<const std::logic_error*>(&error) != nullptr;
    };
    const auto skill =
        SkillBuilder{}
            .on("AIntent", [](Input&) -> Response { throw std::logic_error("a"); })
            .on("BIntent", [](Input&) -> Response { throw std::runtime_error("b"); })
            .after([](Input& in, Response& response) { response = in.speak("intercepted"); })
            .on_error(is_logic, [](Input& in, const std::exception& error) { return in.speak(error.what()); })
            .on_error([](Input& in, const std::exception&) { return in.speak("sorry"); })
            .create();
    EXPECT_EQ(spoken(skill.invoke(intent("AIntent"))), "a");
    EXPECT_EQ(spoken(skill.invoke(intent("BIntent"))), "sorry");
    EXPECT_EQ(spoken(skill.invoke(intent("CIntent"))), "sorry") << "no handler is an error as well";
}

TEST(Skill, an_error_that_nobody_wants_comes_out) {
    const auto skill = SkillBuilder{}.otherwise([](Input&) -> Response { throw std::out_of_range("x"); }).create();
    EXPECT_THROW(skill.invoke(request("LaunchRequest")), std::out_of_range);
}

TEST(Skill, returns_session_attributes_only_to_a_session) {
    const auto skill = SkillBuilder{}
                           .on("LaunchRequest",
                               [](Input& in) {
                                   in.session_attributes()["step"] = 2;
                                   return in.respond();
                               })
                           .otherwise(says("hi"))
                           .create();
    EXPECT_EQ(skill.invoke(request("LaunchRequest")).at("sessionAttributes").at("step"), 2);
    auto outside = request("AudioPlayer.PlaybackStarted");
    outside.erase("session");
    EXPECT_FALSE(skill.invoke(outside).contains("sessionAttributes"));
    outside["request"].as_object()["type"] = "LaunchRequest";
    EXPECT_THROW(skill.invoke(outside), std::logic_error);
}

TEST(Skill, gives_no_content_where_the_platform_allows_none) {
    const auto skill = SkillBuilder{}.otherwise(says("hi")).create();
    EXPECT_TRUE(skill.invoke(request("SessionEndedRequest")).at("response").as_object().empty());
    EXPECT_TRUE(skill.invoke(request("AlexaSkillEvent.SkillDisabled")).at("response").as_object().empty());
    EXPECT_FALSE(skill.invoke(request("LaunchRequest")).at("response").as_object().empty());
}

TEST(Skill, tells_its_version_and_user_agent) {
    const auto answer = SkillBuilder{}.user_agent("me/1").otherwise(says("hi")).create().invoke(request("X"));
    EXPECT_EQ(answer.at("version"), "1.0");
    EXPECT_EQ(answer.at("userAgent"), "me/1");
}

TEST(Skill, is_not_changed_by_its_builder_later) {
    SkillBuilder builder;
    const auto skill = builder.on("AIntent", says("a")).create();
    builder.otherwise(says("later"));
    EXPECT_THROW(skill.invoke(intent("BIntent")), NoHandler);
}

}  // namespace
}  // namespace symbolon::skill
