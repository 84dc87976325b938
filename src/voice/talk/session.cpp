#include "voice/talk/session.hpp"

#include "voice/models/built_in_intents.hpp"
#include "voice/models/json_read.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

using Kind = DialogStep::Kind;

/// Yes or no, in the session's language; nothing for anything else.
std::optional<ConfirmationStatus> read_yes_or_no(const std::string& plain, const std::string& locale) {
    const auto intent = find_built_in_intent(plain, locale);
    if (intent == "AMAZON.YesIntent") return ConfirmationStatus::CONFIRMED;
    if (intent == "AMAZON.NoIntent") return ConfirmationStatus::DENIED;
    return std::nullopt;
}

/// Slots that were filled earlier stay filled.
void merge(SpokenIntent& intent, const SpokenIntent& earlier) {
    for (const auto& slot : earlier.slots) {
        auto* mine = intent.find_slot(slot.name);
        if (mine != nullptr && !mine->value && slot.value) *mine = slot;
    }
}

/// An intent of the model that a skill names, with the slots that it fills.
SpokenIntent complete_slots(const InteractionModel& model, SpokenIntent named) {
    const auto* found = model.find_intent(named.name);
    if (found == nullptr) return named;
    auto out = empty_intent(*found);
    out.confirmation = named.confirmation;
    for (auto& slot : named.slots) {
        if (auto* mine = out.find_slot(slot.name)) *mine = std::move(slot);
    }
    return out;
}

}  // namespace

Understood Session::hear(const Topic& topic, std::string_view utterance) {
    if (question_.kind != Kind::complete && intent_) {
        if (auto answer = hear_answer(topic, split_words(utterance))) return std::move(*answer);
    }
    auto understood = understand(topic, utterance, !is_new_);
    if (intent_ && understood.kind == Understood::Kind::intent && understood.intent.name == intent_->name) {
        merge(understood.intent, *intent_);
    }
    return understood;
}

std::optional<Understood> Session::hear_answer(const Topic& topic, const std::vector<Word>& words) {
    Understood out{Understood::Kind::intent, *intent_};
    const auto plain = join_plain(words);
    if (question_.kind != Kind::elicit_slot) {
        const auto status = read_yes_or_no(plain, locale_);
        if (!status) return std::nullopt;
        auto* slot = out.intent.find_slot(question_.slot);
        if (question_.kind == Kind::confirm_intent) out.intent.confirmation = *status;
        if (question_.kind == Kind::confirm_slot && slot != nullptr) slot->confirmation = *status;
        return out;
    }
    // Stop and help are not values, and a whole sample of another intent changes the subject.
    if (leaves(plain) || find_built_in_intent(plain, locale_)) return std::nullopt;
    const auto others = match_intents(topic.listening, words);
    if (!others.empty() && others.front().score == 1) return std::nullopt;
    const auto* intent = topic.listening.model.find_intent(intent_->name);
    const auto* slot = intent != nullptr ? intent->find_slot(question_.slot) : nullptr;
    auto filled = slot != nullptr ? match_slot(topic.listening, *intent, *slot, words) : std::nullopt;
    auto* place = out.intent.find_slot(question_.slot);
    if (!filled || place == nullptr) return std::nullopt;
    *place = std::move(*filled);
    return out;
}

Act Session::take(const InteractionModel& model, SpokenIntent intent) {
    const bool begins = !intent_ || intent_->name != intent.name;
    intent_ = std::move(intent);
    question_ = {};
    const auto* dialog = model.find_dialog(intent_->name);
    if (dialog == nullptr) return {Act::Kind::send};
    if (dialog->delegates) return go_on(model, true);
    if (begins) return {Act::Kind::send, "STARTED"};
    const bool complete = next_step(model, *intent_).kind == Kind::complete;
    return {Act::Kind::send, complete ? "COMPLETED" : "IN_PROGRESS"};
}

/// The dialog is the platform's: it asks the next question, or tells the skill that all is there.
Act Session::go_on(const InteractionModel& model, bool delegated) {
    if (!delegated || !intent_) return {};
    auto step = next_step(model, *intent_);
    question_ = {step.kind, step.slot};
    if (step.kind == Kind::complete) return {Act::Kind::send, "COMPLETED"};
    reprompt_ = step.prompt;
    return {Act::Kind::speak, {}, std::move(step.prompt)};
}

Act Session::take(const InteractionModel& model, const Answer& answer) {
    is_new_ = false;
    attributes_ = answer.attributes;
    reprompt_ = answer.reprompt();
    question_ = {};
    Act next;
    for (const auto* directive : answer.directives()) {
        const auto type = text_of(*directive, "type");
        if (type == "Dialog.UpdateDynamicEntities") {
            const bool clears = text_of(*directive, "updateBehavior") == "CLEAR";
            dynamic_ = clears ? std::vector<SlotType>{} : read_dynamic_types(*directive);
            continue;
        }
        if (!type.starts_with("Dialog.")) continue;
        update(model, *directive);
        if (type == "Dialog.Delegate") next = go_on(model, true);
        if (type == "Dialog.ElicitSlot") question_ = {Kind::elicit_slot, text_of(*directive, "slotToElicit")};
        if (type == "Dialog.ConfirmSlot") question_ = {Kind::confirm_slot, text_of(*directive, "slotToConfirm")};
        if (type == "Dialog.ConfirmIntent") question_ = {Kind::confirm_intent, {}};
    }
    const bool goes_on = next.kind != Act::Kind::none || question_.kind != Kind::complete;
    if (!goes_on) intent_.reset();
    return next;
}

void Session::update(const InteractionModel& model, const json::object& directive) {
    const auto* updated = object_of(directive, "updatedIntent");
    if (updated == nullptr) return;
    auto named = complete_slots(model, read_intent_json(*updated));
    if (named.name.empty()) return;
    if (intent_ && intent_->name == named.name) {  // resolutions are ours: a skill sends values
        for (auto& slot : named.slots) {
            const auto* mine = intent_->find_slot(slot.name);
            if (mine != nullptr && mine->value == slot.value) slot.resolutions = mine->resolutions;
        }
    }
    intent_ = std::move(named);
}

void Session::ask(SpokenIntent intent, const DialogStep& step) {
    is_new_ = false;
    intent_ = std::move(intent);
    question_ = {step.kind, step.slot};
}

std::string Session::stay_silent() {
    return std::exchange(reprompt_, {});
}

}  // namespace symbolon::voice
