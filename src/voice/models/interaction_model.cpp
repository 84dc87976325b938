#include "voice/models/interaction_model.hpp"

#include "voice/models/json_read.hpp"

#include <algorithm>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

template <class Items>
auto find_named(const Items& items, std::string_view name) -> decltype(items.data()) {
    const auto found = std::ranges::find_if(items, [&](const auto& item) { return item.name == name; });
    return found != items.end() ? &*found : nullptr;
}

SlotTypeValue read_value(const json::object& in) {
    SlotTypeValue out;
    out.id = text_of(in, "id");
    if (const auto* name = object_of(in, "name")) {
        out.name = text_of(*name, "value");
        out.synonyms = texts_of(*name, "synonyms");
    }
    return out;
}

SlotType read_type(const json::object& in) {
    SlotType out{text_of(in, "name"), {}};
    for (const auto* value : objects_of(in, "values")) out.values.push_back(read_value(*value));
    return out;
}

IntentSlot read_slot(const json::object& in) {
    IntentSlot out{text_of(in, "name"), text_of(in, "type"), texts_of(in, "samples"), false};
    if (const auto* several = object_of(in, "multipleValues")) out.several = flag_of(*several, "enabled");
    return out;
}

IntentModel read_intent(const json::object& in) {
    IntentModel out{text_of(in, "name"), {}, texts_of(in, "samples")};
    for (const auto* slot : objects_of(in, "slots")) out.slots.push_back(read_slot(*slot));
    return out;
}

DialogSlot read_dialog_slot(const json::object& in) {
    DialogSlot out;
    out.name = text_of(in, "name");
    out.elicitation_required = flag_of(in, "elicitationRequired");
    out.confirmation_required = flag_of(in, "confirmationRequired");
    if (const auto* prompts = object_of(in, "prompts")) {
        out.elicitation_prompt = text_of(*prompts, "elicitation");
        out.confirmation_prompt = text_of(*prompts, "confirmation");
    }
    for (const auto* rule : objects_of(in, "validations")) {
        out.validations.push_back(
            {text_of(*rule, "type"), text_of(*rule, "prompt"), text_of(*rule, "value"), texts_of(*rule, "values")});
    }
    return out;
}

DialogIntent read_dialog(const json::object& in, bool delegates_by_default) {
    DialogIntent out;
    out.name = text_of(in, "name");
    const auto strategy = text_of(in, "delegationStrategy");
    out.delegates = strategy.empty() ? delegates_by_default : strategy == "ALWAYS";
    out.confirmation_required = flag_of(in, "confirmationRequired");
    if (const auto* prompts = object_of(in, "prompts")) out.confirmation_prompt = text_of(*prompts, "confirmation");
    for (const auto* slot : objects_of(in, "slots")) out.slots.push_back(read_dialog_slot(*slot));
    return out;
}

Prompt read_prompt(const json::object& in) {
    Prompt out{text_of(in, "id"), {}};
    for (const auto* variation : objects_of(in, "variations")) out.variations.push_back(text_of(*variation, "value"));
    return out;
}

}  // namespace

const IntentSlot* IntentModel::find_slot(std::string_view slot_name) const {
    return find_named(slots, slot_name);
}

const DialogSlot* DialogIntent::find_slot(std::string_view slot_name) const {
    return find_named(slots, slot_name);
}

const IntentModel* InteractionModel::find_intent(std::string_view name) const {
    return find_named(intents, name);
}

const SlotType* InteractionModel::find_type(std::string_view name) const {
    return find_named(types, name);
}

const DialogIntent* InteractionModel::find_dialog(std::string_view intent) const {
    return find_named(dialogs, intent);
}

std::string InteractionModel::prompt(std::string_view id) const {
    const auto found = std::ranges::find(prompts, id, &Prompt::id);
    return found != prompts.end() && !found->variations.empty() ? found->variations.front() : std::string{};
}

InteractionModel read_model(const json::object& model) {
    InteractionModel out;
    if (const auto* language = object_of(model, "languageModel")) {
        out.invocation_name = text_of(*language, "invocationName");
        for (const auto* intent : objects_of(*language, "intents")) out.intents.push_back(read_intent(*intent));
        std::erase_if(out.intents, [](const IntentModel& intent) { return intent.name.empty(); });
        for (const auto* type : objects_of(*language, "types")) out.types.push_back(read_type(*type));
    }
    if (const auto* dialog = object_of(model, "dialog")) {
        const bool delegates = text_of(*dialog, "delegationStrategy") == "ALWAYS";
        for (const auto* intent : objects_of(*dialog, "intents")) {
            out.dialogs.push_back(read_dialog(*intent, delegates));
        }
    }
    for (const auto* prompt : objects_of(model, "prompts")) out.prompts.push_back(read_prompt(*prompt));
    return out;
}

}  // namespace symbolon::voice
