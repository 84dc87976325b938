#include "voice/models/matcher.hpp"

#include "model_fixture.hpp"
#include "voice/models/built_in_intents.hpp"

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

class Matcher : public testing::Test {
protected:
    InteractionModel model = read_model(test::pizza_model());

    std::string intent(std::string_view said) {
        const auto match = test::best_match(model, said);
        return match ? match->intent.name : "-";
    }
    FilledSlot slot(std::string_view said, std::string_view name) {
        const auto match = test::best_match(model, said);
        const auto* found = match ? match->intent.find_slot(name) : nullptr;
        return found != nullptr ? *found : FilledSlot{};
    }
    std::string value(std::string_view said, std::string_view name) { return slot(said, name).value.value_or("-"); }
};

TEST_F(Matcher, samples_fit_without_case_and_punctuation) {
    EXPECT_EQ(intent("Order a pizza!"), "OrderIntent");
    EXPECT_EQ(intent("  what can I eat? "), "AMAZON.HelpIntent");
    EXPECT_EQ(intent("order a pizza now"), "-");
}

TEST_F(Matcher, slots_take_the_words_between) {
    EXPECT_EQ(value("book a table for next Friday at half past seven pm", "day"), "2026-12-04");
    EXPECT_EQ(value("book a table for next Friday at half past seven pm", "time"), "19:30");
    EXPECT_EQ(value("order twenty one pizzas with ham", "count"), "21");
    EXPECT_EQ(value("remind me in an hour", "wait"), "PT1H");
    EXPECT_EQ(value("search for the best pizza in Rome", "query"), "the best pizza in Rome");
    EXPECT_EQ(value("What's Anna's number?", "name"), "Anna");
}

TEST_F(Matcher, synonyms_resolve_to_the_value_and_its_id) {
    const auto size = slot("order a family-size pizza", "size");
    EXPECT_EQ(size.value, "family size");
    ASSERT_EQ(size.resolutions.size(), 1U);
    EXPECT_EQ(size.resolutions[0].authority, "amzn1.er-authority.echo-sdk.amzn1.ask.skill.1.SIZE");
    ASSERT_EQ(size.resolutions[0].values.size(), 1U);
    EXPECT_EQ(size.resolutions[0].values[0].name, "large");
    EXPECT_EQ(size.resolutions[0].values[0].id, "L");
}

TEST_F(Matcher, a_value_that_the_type_does_not_have_is_taken_without_a_match) {
    const auto size = slot("order a gigantic pizza", "size");
    EXPECT_EQ(size.value, "gigantic");
    ASSERT_EQ(size.resolutions.size(), 1U);
    EXPECT_TRUE(size.resolutions[0].values.empty());
}

TEST_F(Matcher, entities_of_the_session_come_first) {
    const SlotType dynamic{"SIZE", {{"XL", "gigantic", {}}}};
    const Listening listening{model, "skill", test::wednesday, {dynamic}};
    const auto words = split_words("order a gigantic pizza");
    const auto found = match_intents(listening, words);
    ASSERT_FALSE(found.empty());
    const auto* size = found[0].intent.find_slot("size");
    ASSERT_EQ(size->resolutions.size(), 2U);
    EXPECT_EQ(size->resolutions[0].authority, "amzn1.er-authority.echo-sdk.dynamic.skill.SIZE");
    EXPECT_EQ(size->resolutions[0].values.at(0).id, "XL");
    EXPECT_TRUE(size->resolutions[1].values.empty());
}

TEST_F(Matcher, several_values_are_a_list) {
    const auto topping = slot("i want a small pizza with ham, cheese and olives", "topping");
    EXPECT_EQ(topping.value, "ham cheese and olives");
    EXPECT_EQ(topping.list, (std::vector<std::string>{"ham cheese", "olives"}));
}

TEST_F(Matcher, a_word_of_the_sample_beats_a_slot_and_a_value_beats_free_text) {
    model.intents.push_back({"AnyIntent", {{"any", "AMAZON.SearchQuery", {}, false}}, {"{any}"}});
    model.intents.push_back({"NameIntent", {{"size", "SIZE", {}, false}}, {"{size}"}});
    EXPECT_EQ(intent("order a pizza"), "OrderIntent");
    EXPECT_EQ(intent("family size"), "NameIntent");
    EXPECT_EQ(intent("one two three four five six seven eight nine"), "AnyIntent");
}

TEST_F(Matcher, an_answer_to_a_question_fills_the_slot_that_was_asked_for) {
    const auto* order = model.find_intent("OrderIntent");
    const auto answer = [&](std::string_view said) {
        const Listening listening{model, "skill", test::wednesday};
        return match_slot(listening, *order, *order->find_slot("size"), split_words(said));
    };
    EXPECT_EQ(answer("make it big")->value, "big");
    EXPECT_EQ(answer("little please")->resolutions.at(0).values.at(0).id, "S");
    EXPECT_EQ(answer("large")->value, "large");
    EXPECT_FALSE(answer(""));
}

TEST_F(Matcher, samples_of_many_slots_and_long_utterances_come_to_an_end) {
    IntentModel greedy{"Greedy", {}, {}};
    std::string sample;
    for (int i = 0; i < 12; ++i) {
        greedy.slots.push_back({"s" + std::to_string(i), "AMAZON.SearchQuery", {}, false});
        sample += "{s" + std::to_string(i) + "} ";
    }
    greedy.samples = {sample};
    model.intents.push_back(greedy);
    std::string said;
    for (int i = 0; i < 60; ++i) said += "word ";
    EXPECT_EQ(intent(said), "Greedy");
    EXPECT_EQ(intent(said + "more"), "-");
}

TEST(BuiltInIntents, are_understood_in_four_languages) {
    EXPECT_EQ(find_built_in_intent("help", "en-GB"), "AMAZON.HelpIntent");
    EXPECT_EQ(find_built_in_intent(plain_text("Zurück"), "de-DE"), "AMAZON.PreviousIntent");
    EXPECT_EQ(find_built_in_intent("oui", "fr-CA"), "AMAZON.YesIntent");
    EXPECT_EQ(find_built_in_intent("ayuda", "es-ES"), "AMAZON.HelpIntent");
    EXPECT_FALSE(find_built_in_intent("hilfe", "en-US"));
    EXPECT_TRUE(leaves("exit"));
}

TEST(Words, fold_the_case_of_other_alphabets_and_survive_what_is_no_text) {
    EXPECT_EQ(plain_text("ÄPFEL Ёлка ΑΘΗΝΑ"), "äpfel ёлка αθηνα");
    EXPECT_EQ(plain_text("a\xFF\xC3 b"), "a b");
    EXPECT_EQ(plain_text("3.5 or 7:30? -5 t-shirts"), "3.5 or 7:30 -5 t shirts");
}

}  // namespace
}  // namespace symbolon::voice
