#include "voice/models/dialog.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace symbolon::voice {

namespace {

/// A prompt's text with {slot} replaced by what was said.
std::string fill_in(std::string text, const SpokenIntent& intent) {
    for (const auto& slot : intent.slots) {
        const auto name = "{" + slot.name + "}";
        const auto value = slot.value.value_or("");
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
            text.replace(at, name.size(), value);
        }
    }
    return text;
}

std::optional<double> number_in(const std::string& text) {
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Less than 0, 0 or more: as numbers where both are, as texts (dates, times) otherwise.
int compare(const std::string& left, const std::string& right) {
    const auto a = number_in(left);
    const auto b = number_in(right);
    if (a && b) return *a < *b ? -1 : *a > *b ? 1 : 0;
    return left.compare(right);
}

bool has_match(const FilledSlot& slot) {
    return std::ranges::any_of(slot.resolutions, [](const Resolution& r) { return !r.values.empty(); });
}

/// Rules that the assistant does not know are kept.
bool keeps(const SlotValidation& rule, const FilledSlot& slot) {
    const auto& value = *slot.value;
    const auto listed = [&] {
        const auto names_it = [&](const Resolution& r) {
            return std::ranges::any_of(r.values, [&](const ResolvedValue& v) {
                return std::ranges::find(rule.values, v.name) != rule.values.end();
            });
        };
        return std::ranges::find(rule.values, value) != rule.values.end() ||
               std::ranges::any_of(slot.resolutions, names_it);
    };
    if (rule.type == "hasEntityResolutionMatch") return has_match(slot);
    if (rule.type == "isInSet") return listed();
    if (rule.type == "isNotInSet") return !listed();
    if (rule.type == "isGreaterThan") return compare(value, rule.value) > 0;
    if (rule.type == "isGreaterThanOrEqualTo") return compare(value, rule.value) >= 0;
    if (rule.type == "isLessThan") return compare(value, rule.value) < 0;
    if (rule.type == "isLessThanOrEqualTo") return compare(value, rule.value) <= 0;
    return true;
}

std::optional<DialogStep> step_for(const InteractionModel& model, const DialogSlot& wanted,
                                   const SpokenIntent& intent) {
    using Kind = DialogStep::Kind;
    const auto* slot = intent.find_slot(wanted.name);
    const bool has_value = slot != nullptr && slot->value && slot->confirmation != ConfirmationStatus::DENIED;
    const auto ask = [&](Kind kind, const std::string& prompt) {
        return DialogStep{kind, wanted.name, fill_in(model.prompt(prompt), intent)};
    };
    if (!has_value) {
        const bool denied = slot != nullptr && slot->confirmation == ConfirmationStatus::DENIED;
        if (!wanted.elicitation_required && !denied) return std::nullopt;
        return ask(Kind::elicit_slot, wanted.elicitation_prompt);
    }
    const auto broken = std::ranges::find_if(wanted.validations, [&](const auto& rule) { return !keeps(rule, *slot); });
    if (broken != wanted.validations.end()) return ask(Kind::elicit_slot, broken->prompt);
    if (!wanted.confirmation_required || slot->confirmation != ConfirmationStatus::NONE) return std::nullopt;
    return ask(Kind::confirm_slot, wanted.confirmation_prompt);
}

}  // namespace

DialogStep next_step(const InteractionModel& model, const SpokenIntent& intent) {
    const auto* dialog = model.find_dialog(intent.name);
    if (dialog == nullptr || intent.confirmation == ConfirmationStatus::DENIED) return {};
    for (const auto& slot : dialog->slots) {
        if (auto step = step_for(model, slot, intent)) return std::move(*step);
    }
    if (!dialog->confirmation_required || intent.confirmation != ConfirmationStatus::NONE) return {};
    return {DialogStep::Kind::confirm_intent, {}, fill_in(model.prompt(dialog->confirmation_prompt), intent)};
}

}  // namespace symbolon::voice
