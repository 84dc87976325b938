#include "voice/models/interaction_model.hpp"

#include "model_fixture.hpp"
#include "voice/models/dialog.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

std::string first_problem(std::string_view pointer, const char* value) {
    boost::json::value model = test::pizza_model();
    *model.find_pointer(pointer, *std::make_unique<boost::json::error_code>()) = boost::json::parse(value);
    const auto problems = find_model_problems(model.as_object());
    return problems.empty() ? "" : problems.front().path;
}

TEST(InteractionModel, a_whole_model_has_no_problems) {
    EXPECT_TRUE(find_model_problems(test::pizza_model()).empty());
}

TEST(InteractionModel, problems_say_where_they_are) {
    EXPECT_EQ(first_problem("/languageModel/invocationName", R"("Pizza House")"), "languageModel.invocationName");
    EXPECT_EQ(first_problem("/languageModel/invocationName", R"("p")"), "languageModel.invocationName");
    EXPECT_EQ(first_problem("/languageModel/intents", "[]"), "languageModel.intents");
    EXPECT_EQ(first_problem("/languageModel/intents/1/name", R"("OrderIntent")"), "languageModel.intents[1].name");
    EXPECT_EQ(first_problem("/languageModel/intents/0/samples/1", R"("a {nothing} pizza")"),
              "languageModel.intents[0].samples[1]");
    EXPECT_EQ(first_problem("/languageModel/intents/0/samples/1", R"("a {size pizza")"),
              "languageModel.intents[0].samples[1]");
    EXPECT_EQ(first_problem("/languageModel/intents/0/slots/0/type", R"("NONE")"),
              "languageModel.intents[0].slots[0].type");
    EXPECT_EQ(first_problem("/languageModel/types/0/values", "[]"), "languageModel.types[0].values");
    EXPECT_EQ(first_problem("/dialog/intents/0/name", R"("None")"), "dialog.intents[0].name");
    EXPECT_EQ(first_problem("/dialog/intents/0/slots/0/prompts/elicitation", R"("None")"),
              "dialog.intents[0].slots[0].prompts.elicitation");
}

TEST(InteractionModel, any_shape_is_survived) {
    for (const auto* text :
         {"{}", R"({"languageModel":7})", R"({"languageModel":{"intents":[1,{"name":2,"samples":[3],"slots":{}}]}})",
          R"({"dialog":[],"prompts":{"id":1}})", R"({"languageModel":{"types":[{"values":[{"name":"x"}]}]}})"}) {
        const auto model = boost::json::parse(text).as_object();
        EXPECT_FALSE(find_model_problems(model).empty()) << text;
        EXPECT_FALSE(test::best_match(read_model(model), "anything"));
    }
}

class Dialog : public testing::Test {
protected:
    InteractionModel model = read_model(test::pizza_model());
    SpokenIntent order = empty_intent(*model.find_intent("OrderIntent"));

    void say(const std::string& slot, const std::string& value, bool matched = true) {
        auto* found = order.find_slot(slot);
        found->value = value;
        found->resolutions = {
            {"types", matched ? std::vector<ResolvedValue>{{value, ""}} : std::vector<ResolvedValue>{}}};
    }
};

TEST_F(Dialog, asks_for_what_is_missing_then_confirms_slot_and_intent) {
    EXPECT_EQ(next_step(model, order).prompt, "How big?");
    say("size", "large");
    say("topping", "ham");
    auto step = next_step(model, order);
    EXPECT_EQ(step.kind, DialogStep::Kind::confirm_slot);
    EXPECT_EQ(step.prompt, "With ham, right?");
    order.find_slot("topping")->confirmation = ConfirmationStatus::CONFIRMED;
    step = next_step(model, order);
    EXPECT_EQ(step.kind, DialogStep::Kind::confirm_intent);
    EXPECT_EQ(step.prompt, "A large pizza?");
    order.confirmation = ConfirmationStatus::CONFIRMED;
    EXPECT_EQ(next_step(model, order).kind, DialogStep::Kind::complete);
}

TEST_F(Dialog, a_value_against_the_rules_is_asked_for_again) {
    say("size", "gigantic", false);
    const auto step = next_step(model, order);
    EXPECT_EQ(step.kind, DialogStep::Kind::elicit_slot);
    EXPECT_EQ(step.prompt, "We have no gigantic. Small or large?");
}

TEST_F(Dialog, a_denied_slot_is_asked_for_again_and_a_denied_intent_is_done) {
    say("size", "large");
    say("topping", "ham");
    order.find_slot("topping")->confirmation = ConfirmationStatus::DENIED;
    EXPECT_EQ(next_step(model, order).kind, DialogStep::Kind::elicit_slot);
    order.confirmation = ConfirmationStatus::DENIED;
    EXPECT_EQ(next_step(model, order).kind, DialogStep::Kind::complete);
}

TEST(IntentJson, is_the_platforms_form_and_can_be_read_back) {
    const auto model = read_model(test::pizza_model());
    const auto match = test::best_match(model, "order a big pizza");
    const auto body = intent_json(match->intent);
    const boost::json::value whole(body);
    EXPECT_EQ(whole.at_pointer("/slots/size/value").as_string(), "big");
    EXPECT_EQ(whole.at_pointer("/slots/size/source").as_string(), "USER");
    EXPECT_EQ(whole.at_pointer("/slots/size/resolutions/resolutionsPerAuthority/0/status/code").as_string(),
              "ER_SUCCESS_MATCH");
    EXPECT_EQ(whole.at_pointer("/slots/size/resolutions/resolutionsPerAuthority/0/values/0/value/name").as_string(),
              "large");
    EXPECT_FALSE(whole.at_pointer("/slots/topping").as_object().contains("value"));
    const auto back = read_intent_json(body);
    EXPECT_EQ(back.name, "OrderIntent");
    EXPECT_EQ(back.find_slot("size")->value, "big");
    EXPECT_FALSE(back.find_slot("topping")->value);
}

}  // namespace
}  // namespace symbolon::voice
