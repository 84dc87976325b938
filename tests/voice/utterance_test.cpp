#include "voice/talk/utterance.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

Skill skill() {
    Skill out;
    out.id = "amzn1.ask.skill.1";
    out.manifest = boost::json::parse(R"({"publishingInformation":{"locales":{"en-US":{
        "name":"Phone skill","examplePhrases":["what is my phone number"]}}}})")
                       .as_object();
    out.model = boost::json::parse(R"({"languageModel":{"intents":[
        {"name":"MyPhoneNumberIntent","samples":["what is my phone number","my phone number"]}]}})")
                    .as_object();
    return out;
}

std::string intent(std::string_view utterance) {
    return understand(skill(), utterance).intent;
}

TEST(Utterance, nothing_said_and_opening_words_launch_the_skill) {
    for (const auto* said : {"", "  ", "open phone skill", "Launch!", "start phone skill"}) {
        EXPECT_EQ(understand(skill(), said).kind, Understood::Kind::launch) << said;
    }
}

TEST(Utterance, samples_match_without_case_and_punctuation) {
    EXPECT_EQ(intent("What is my phone number?"), "MyPhoneNumberIntent");
    EXPECT_EQ(intent("  my   PHONE number "), "MyPhoneNumberIntent");
}

TEST(Utterance, built_in_words_and_everything_else) {
    EXPECT_EQ(intent("help"), "AMAZON.HelpIntent");
    EXPECT_EQ(intent("stop"), "AMAZON.StopIntent");
    EXPECT_EQ(intent("cancel"), "AMAZON.CancelIntent");
    EXPECT_EQ(intent("openly speaking"), "AMAZON.FallbackIntent");
}

TEST(Utterance, suggestions_are_few_and_different) {
    const auto offered = suggestions(skill());
    EXPECT_EQ(offered, (std::vector<std::string>{"open phone skill", "what is my phone number", "my phone number"}));
}

TEST(Utterance, a_model_of_any_shape_is_survived) {
    for (const auto* model :
         {"{}", R"({"languageModel":7})", R"({"languageModel":{"intents":[1,{"name":2,"samples":[3]}]}})"}) {
        auto odd = skill();
        odd.model = boost::json::parse(model).as_object();
        EXPECT_EQ(understand(odd, "my phone number").intent, "AMAZON.FallbackIntent");
    }
}

}  // namespace
}  // namespace symbolon::voice
