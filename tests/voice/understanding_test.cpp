#include "model_fixture.hpp"
#include "voice/talk/session.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

Skill phone_skill() {
    Skill out;
    out.id = "amzn1.ask.skill.1";
    out.manifest = boost::json::parse(R"({"publishingInformation":{"locales":{"en-US":{
        "name":"Phone skill","examplePhrases":["what is my phone number"]}}}})")
                       .as_object();
    return out;
}

class Understanding : public testing::Test {
protected:
    Skill skill = phone_skill();
    InteractionModel model = read_model(test::pizza_model());

    Understood hear(std::string_view utterance, bool in_session = false) {
        const Listening listening{model, skill.id, test::wednesday};
        const Topic topic{skill, listening, "en-US"};
        return understand(topic, utterance, in_session);
    }
    std::string intent(std::string_view utterance, bool in_session = false) {
        return hear(utterance, in_session).intent.name;
    }
};

TEST_F(Understanding, nothing_said_and_opening_words_launch_the_skill) {
    for (const auto* said :
         {"", "  ", "open phone skill", "Launch!", "start Pizza House", "pizza house", "open sesame"}) {
        EXPECT_EQ(hear(said).kind, Understood::Kind::launch) << said;
    }
}

TEST_F(Understanding, a_skill_that_is_called_may_be_asked_at_once) {
    EXPECT_EQ(intent("ask pizza house to order a pizza"), "OrderIntent");
    EXPECT_EQ(intent("tell Pizza House order a pizza"), "OrderIntent");
    EXPECT_EQ(intent("pizza house, what can I eat?"), "AMAZON.HelpIntent");
}

TEST_F(Understanding, within_a_session_words_are_the_skills) {
    model.intents.push_back({"StartIntent", {}, {"start the oven"}});
    EXPECT_EQ(intent("start the oven", true), "StartIntent");
    EXPECT_EQ(intent("open sesame", true), "AMAZON.FallbackIntent");
    EXPECT_EQ(hear("exit", true).kind, Understood::Kind::leave);
    EXPECT_EQ(hear("open pizza house", true).kind, Understood::Kind::launch);
}

TEST_F(Understanding, built_in_words_and_everything_else) {
    EXPECT_EQ(intent("help"), "AMAZON.HelpIntent");
    EXPECT_EQ(intent("stop"), "AMAZON.StopIntent");
    EXPECT_EQ(intent("cancel"), "AMAZON.CancelIntent");
    EXPECT_EQ(intent("yes please"), "AMAZON.YesIntent");
    EXPECT_EQ(intent("openly speaking"), "AMAZON.FallbackIntent");
}

TEST_F(Understanding, suggestions_are_few_and_different) {
    const auto offered = suggestions(skill, model, "en-US");
    EXPECT_EQ(offered.front(), "open pizza house");
    EXPECT_LE(offered.size(), 6U);
    model = {};
    EXPECT_EQ(suggestions(skill, model, "en-US"),
              (std::vector<std::string>{"open phone skill", "what is my phone number"}));
}

/// A conversation without a skill: what the platform would send and say.
class SessionTest : public testing::Test {
protected:
    Skill skill = phone_skill();
    InteractionModel model = read_model(test::pizza_model());
    Session session{"session", "en-US"};

    Act say(std::string_view utterance) {
        const Listening listening{model, skill.id, test::wednesday, session.dynamic_types()};
        const Topic topic{skill, listening, "en-US"};
        auto understood = session.hear(topic, utterance);
        return session.take(model, std::move(understood.intent));
    }
    Act answer(const char* response) {
        return session.take(model, read_answer(std::string(R"({"version":"1.0","response":)") + response + "}", true));
    }
    std::string value(std::string_view slot) { return session.intent()->find_slot(slot)->value.value_or("-"); }
};

constexpr auto delegate = R"({"directives":[{"type":"Dialog.Delegate"}],"shouldEndSession":false})";

TEST_F(SessionTest, a_dialog_that_the_skill_delegates_is_led_to_its_end) {
    EXPECT_EQ(say("order a pizza").dialog_state, "STARTED");
    EXPECT_EQ(answer(delegate).prompt, "How big?");
    EXPECT_EQ(say("family size").dialog_state, "IN_PROGRESS");
    EXPECT_EQ(value("size"), "family size");
    EXPECT_EQ(answer(delegate).prompt, "A family size pizza?");
    const auto done = say("yes");
    EXPECT_EQ(done.dialog_state, "COMPLETED");
    EXPECT_EQ(session.intent()->confirmation, ConfirmationStatus::CONFIRMED);
    EXPECT_EQ(answer(R"({"shouldEndSession":true})").kind, Act::Kind::none);
    EXPECT_FALSE(session.intent());
}

TEST_F(SessionTest, a_dialog_that_is_always_delegated_asks_before_the_skill_hears) {
    const auto first = say("book a table");
    EXPECT_EQ(first.kind, Act::Kind::speak);
    EXPECT_EQ(first.prompt, "Which day?");
    EXPECT_EQ(session.reprompt(), "Which day?");
    const auto second = say("tomorrow");
    EXPECT_EQ(second.kind, Act::Kind::send);
    EXPECT_EQ(second.dialog_state, "COMPLETED");
    EXPECT_EQ(value("day"), "2026-11-26");
}

TEST_F(SessionTest, a_skill_may_ask_for_a_slot_and_set_others) {
    say("order a pizza");
    answer(R"({"directives":[{"type":"Dialog.ElicitSlot","slotToElicit":"topping","updatedIntent":
        {"name":"OrderIntent","confirmationStatus":"NONE","slots":{"size":{"name":"size","value":"small"}}}}]})");
    EXPECT_EQ(value("size"), "small");
    say("ham");
    EXPECT_EQ(value("topping"), "ham");
    EXPECT_EQ(value("size"), "small");
}

TEST_F(SessionTest, another_subject_is_another_subject) {
    say("order a pizza");
    answer(R"({"directives":[{"type":"Dialog.ElicitSlot","slotToElicit":"topping"}]})");
    say("stop");
    EXPECT_EQ(session.intent()->name, "AMAZON.StopIntent");
}

TEST_F(SessionTest, a_denied_confirmation_is_told) {
    say("order a pizza");
    answer(R"({"directives":[{"type":"Dialog.ConfirmIntent"}]})");
    EXPECT_EQ(say("no thanks").dialog_state, "COMPLETED");
    EXPECT_EQ(session.intent()->confirmation, ConfirmationStatus::DENIED);
}

TEST_F(SessionTest, dynamic_entities_are_heard_until_they_are_cleared) {
    say("order a pizza");
    answer(R"({"directives":[{"type":"Dialog.UpdateDynamicEntities","updateBehavior":"REPLACE","types":[
        {"name":"SIZE","values":[{"id":"XL","name":{"value":"gigantic","synonyms":["huge"]}}]}]}],"shouldEndSession":false})");
    say("order a huge pizza");
    EXPECT_EQ(session.intent()->find_slot("size")->resolutions.at(0).values.at(0).id, "XL");
    answer(R"({"directives":[{"type":"Dialog.UpdateDynamicEntities","updateBehavior":"CLEAR"}]})");
    EXPECT_TRUE(session.dynamic_types().empty());
}

TEST_F(SessionTest, attributes_are_what_the_last_answer_says_and_the_reprompt_is_said_once) {
    say("order a pizza");
    session.take(model, read_answer(R"({"version":"1.0","sessionAttributes":{"a":1},"response":{"reprompt":{
        "outputSpeech":{"type":"PlainText","text":"Well?"}},"shouldEndSession":false}})",
                                    true));
    EXPECT_EQ(session.attributes().at("a").as_int64(), 1);
    EXPECT_FALSE(session.is_new());
    EXPECT_EQ(session.stay_silent(), "Well?");
    EXPECT_EQ(session.stay_silent(), "");
    answer(R"({"shouldEndSession":false})");
    EXPECT_TRUE(session.attributes().empty());
}

}  // namespace
}  // namespace symbolon::voice
