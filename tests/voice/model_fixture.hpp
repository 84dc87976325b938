#pragma once

#include "voice/models/interaction_model.hpp"
#include "voice/models/matcher.hpp"

#include <boost/json/parse.hpp>

#include <string_view>

namespace symbolon::voice::test {

/// A pizza skill's model: slots of every kind, a dialog, prompts.
inline boost::json::object pizza_model() {
    return boost::json::parse(R"({
        "languageModel": {
            "invocationName": "pizza house",
            "intents": [
                {"name": "OrderIntent",
                 "slots": [
                    {"name": "size", "type": "SIZE", "samples": ["make it {size}", "{size} please"]},
                    {"name": "topping", "type": "TOPPING", "multipleValues": {"enabled": true}},
                    {"name": "count", "type": "AMAZON.NUMBER"}],
                 "samples": ["order a pizza", "order a {size} pizza", "order {count} pizzas with {topping}",
                             "i want a {size} pizza with {topping}"]},
                {"name": "BookIntent",
                 "slots": [{"name": "day", "type": "AMAZON.DATE"}, {"name": "time", "type": "AMAZON.TIME"}],
                 "samples": ["book a table for {day} at {time}", "book a table"]},
                {"name": "RemindIntent", "slots": [{"name": "wait", "type": "AMAZON.DURATION"}],
                 "samples": ["remind me in {wait}"]},
                {"name": "SearchIntent", "slots": [{"name": "query", "type": "AMAZON.SearchQuery"}],
                 "samples": ["search for {query}"]},
                {"name": "CallIntent", "slots": [{"name": "name", "type": "AMAZON.FirstName"}],
                 "samples": ["what's {name}'s number", "call {name}"]},
                {"name": "AMAZON.HelpIntent", "samples": ["what can i eat"]},
                {"name": "AMAZON.YesIntent", "samples": []},
                {"name": "AMAZON.StopIntent", "samples": []}],
            "types": [
                {"name": "SIZE", "values": [
                    {"id": "S", "name": {"value": "small", "synonyms": ["little", "kid size"]}},
                    {"id": "L", "name": {"value": "large", "synonyms": ["big", "family size"]}}]},
                {"name": "TOPPING", "values": [
                    {"name": {"value": "ham"}}, {"name": {"value": "cheese", "synonyms": ["mozzarella"]}}]}]},
        "dialog": {"intents": [
            {"name": "OrderIntent", "confirmationRequired": true, "prompts": {"confirmation": "Confirm.Order"},
             "slots": [
                {"name": "size", "type": "SIZE", "elicitationRequired": true, "confirmationRequired": false,
                 "prompts": {"elicitation": "Elicit.Size"},
                 "validations": [{"type": "hasEntityResolutionMatch", "prompt": "Wrong.Size"}]},
                {"name": "topping", "type": "TOPPING", "elicitationRequired": false, "confirmationRequired": true,
                 "prompts": {"confirmation": "Confirm.Topping"}}]},
            {"name": "BookIntent", "delegationStrategy": "ALWAYS", "slots": [
                {"name": "day", "type": "AMAZON.DATE", "elicitationRequired": true,
                 "prompts": {"elicitation": "Elicit.Day"}}]}]},
        "prompts": [
            {"id": "Elicit.Size", "variations": [{"type": "PlainText", "value": "How big?"}]},
            {"id": "Wrong.Size", "variations": [{"type": "PlainText", "value": "We have no {size}. Small or large?"}]},
            {"id": "Confirm.Topping", "variations": [{"type": "PlainText", "value": "With {topping}, right?"}]},
            {"id": "Confirm.Order", "variations": [{"type": "PlainText", "value": "A {size} pizza?"}]},
            {"id": "Elicit.Day", "variations": [{"type": "PlainText", "value": "Which day?"}]}]
    })")
        .as_object();
}

/// 2026-11-25, a Wednesday, 10:30 UTC.
inline constexpr Instant wednesday = Instant(std::chrono::milliseconds(1'795'602'600'000));

/// The best intent for what is said; nothing when none fits.
inline std::optional<IntentMatch> best_match(const InteractionModel& model, std::string_view said) {
    const Listening listening{model, "amzn1.ask.skill.1", wednesday};
    const auto words = split_words(said);
    auto found = match_intents(listening, words);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace symbolon::voice::test
