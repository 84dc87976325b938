#include "symbolon/skill/skill.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <memory>
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

TEST(Skill, handlers_may_be_classes_and_ask_for_a_type_of_request) {
    class Playback : public RequestHandler {
    public:
        bool can_handle(const Input& in) const override { return in.find<audio_player::PlaybackStarted>() != nullptr; }
        Response handle(Input& in) const override {
            return in.respond().directive(
                audio_player::ClearQueue{.clear_behavior = audio_player::ClearBehavior::clear_enqueued});
        }
    };
    const auto skill = SkillBuilder{}
                           .add(std::make_shared<Playback>())
                           .on<audio_player::PlaybackFailed>([](Input& in, const audio_player::PlaybackFailed& failed) {
                               return in.speak(failed.error->message);
                           })
                           .create();
    EXPECT_EQ(skill.invoke(request("AudioPlayer.PlaybackStarted")).at("response").at("directives").at(0).at("type"),
              "AudioPlayer.ClearQueue");
    auto failed = request("AudioPlayer.PlaybackFailed");
    failed["request"].as_object()["error"] = {{"type", "MEDIA_ERROR_UNKNOWN"}, {"message", "hm"}};
    EXPECT_EQ(spoken(skill.invoke(failed)), "hm");
}

TEST(Skill, a_handler_may_have_interceptors_of_its_own_inside_of_the_others) {
    const auto note = [](std::string text) {
        return [text](Input& in) {
            auto& trace = in.request_attributes()["trace"];
            trace = (trace.is_string() ? std::string(trace.as_string()) : std::string{}) + text;
        };
    };
    const auto after = [note](std::string text) { return [=](Input& in, Response&) { note(text)(in); }; };
    const auto always = [](const Input&) { return true; };
    const auto skill = SkillBuilder{}
                           .before(note("1"))
                           .when([](const Input& in) { return in.is("AIntent"); }, says("a"),
                                 {.before = {note("no")}, .after = {after("no")}})
                           .when(always, says("b"), {.before = {note("2")}, .after = {after("3")}})
                           .after(after("4"))
                           .after([](Input& in, Response& response) {
                               response = in.speak(in.request_attributes().at("trace").as_string());
                           })
                           .create();
    EXPECT_EQ(spoken(skill.invoke(request("LaunchRequest"))), "1234");
}

json::object request_of(std::string_view user) {
    auto envelope = request("LaunchRequest");
    envelope["context"] = {{"System", {{"user", {{"userId", user}}}}}};
    return envelope;
}

TEST(Skill, remembers_a_user_beyond_the_session) {
    const auto skill = SkillBuilder{}
                           .persistence(memory_persistence())
                           .otherwise([](Input& in) {
                               auto& count = in.persistent_attributes().get()["count"];
                               count = (count.is_int64() ? count.get_int64() : 0) + 1;
                               in.persistent_attributes().save();
                               return in.speak(std::to_string(count.get_int64()));
                           })
                           .create();
    EXPECT_EQ(spoken(skill.invoke(request_of("a"))), "1");
    EXPECT_EQ(spoken(skill.invoke(request_of("a"))), "2");
    EXPECT_EQ(spoken(skill.invoke(request_of("b"))), "1");
    EXPECT_THROW(skill.invoke(request("LaunchRequest")), MissingKey) << "nobody's attributes are nobody's";
}

TEST(Skill, speaks_the_users_language) {
    Localization texts("en-US");
    texts.add("en-US", {{"hello", "Hello {name}."}}).add("de-DE", {{"hello", "Hallo {name}."}});
    const auto skill = SkillBuilder{}
                           .localization(texts)
                           .otherwise([](Input& in) { return in.speak(in.text("hello", {{"name", "<Eva>"}})); })
                           .create();
    auto envelope = request("LaunchRequest");
    EXPECT_EQ(spoken(skill.invoke(envelope)), "Hello &lt;Eva&gt;.");
    envelope["request"].as_object()["locale"] = "de-DE";
    EXPECT_EQ(spoken(skill.invoke(envelope)), "Hallo &lt;Eva&gt;.");
}

TEST(Skill, says_what_it_was_built_without) {
    const auto forgetful = [](auto&& use) {
        return SkillBuilder{}
            .otherwise([use](Input& in) {
                use(in);
                return in.respond();
            })
            .create();
    };
    EXPECT_THROW(forgetful([](Input& in) { in.persistent_attributes(); }).invoke(request_of("a")), std::logic_error);
    EXPECT_THROW(forgetful([](Input& in) { in.text("x"); }).invoke(request_of("a")), std::logic_error);
}

TEST(Skill, tells_a_handler_how_the_request_came) {
    const auto skill =
        SkillBuilder{}.otherwise([](Input& in) { return in.speak(in.invocation().request_id); }).create();
    EXPECT_EQ(spoken(skill.invoke(request("LaunchRequest"), {.request_id = "r-1"})), "r-1");
}

}  // namespace
}  // namespace symbolon::skill
