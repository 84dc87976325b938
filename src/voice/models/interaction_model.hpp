#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// One value of a slot type, and other words for it.
struct SlotTypeValue {
    std::string id;
    std::string name;
    std::vector<std::string> synonyms;
};

struct SlotType {
    std::string name;
    std::vector<SlotTypeValue> values;
};

struct IntentSlot {
    std::string name;
    std::string type;
    std::vector<std::string> samples;  ///< what a person says when asked for this slot alone
    bool several = false;              ///< multipleValues.enabled
};

struct IntentModel {
    std::string name;
    std::vector<IntentSlot> slots;
    std::vector<std::string> samples;

    const IntentSlot* find_slot(std::string_view slot_name) const;
};

struct SlotValidation {
    std::string type;  ///< "isInSet", "isGreaterThan", "hasEntityResolutionMatch", …
    std::string prompt;
    std::string value;
    std::vector<std::string> values;
};

struct DialogSlot {
    std::string name;
    bool elicitation_required = false;
    bool confirmation_required = false;
    std::string elicitation_prompt;  ///< ids of prompts
    std::string confirmation_prompt;
    std::vector<SlotValidation> validations;
};

struct DialogIntent {
    std::string name;
    bool delegates = false;  ///< delegationStrategy ALWAYS: the platform asks, the skill hears the end
    bool confirmation_required = false;
    std::string confirmation_prompt;
    std::vector<DialogSlot> slots;

    const DialogSlot* find_slot(std::string_view slot_name) const;
};

struct Prompt {
    std::string id;
    std::vector<std::string> variations;  ///< text or SSML
};

/// What a skill understands in one locale: the platform's interaction model, read.
struct InteractionModel {
    std::string invocation_name;  ///< "" when none was given
    std::vector<IntentModel> intents;
    std::vector<SlotType> types;
    std::vector<DialogIntent> dialogs;
    std::vector<Prompt> prompts;

    const IntentModel* find_intent(std::string_view name) const;
    const SlotType* find_type(std::string_view name) const;
    const DialogIntent* find_dialog(std::string_view intent) const;
    /// The first variation; "" when there is none.
    std::string prompt(std::string_view id) const;
};

/// Reads what stands under "interactionModel"; what has another shape is left out.
InteractionModel read_model(const boost::json::object& model);

/// One thing that keeps a model from being built.
struct ModelProblem {
    std::string path;  ///< "languageModel.intents[2].samples[0]"
    std::string text;
};

/// What the platform would refuse to build; at most 20 problems.
std::vector<ModelProblem> find_model_problems(const boost::json::object& model);

}  // namespace symbolon::voice
