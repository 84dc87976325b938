#include "voice/models/intent.hpp"

#include "base/shape/choice.hpp"
#include "voice/models/json_read.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

json::object resolution_json(const Resolution& resolution) {
    json::object out{{"authority", resolution.authority},
                     {"status", {{"code", resolution.values.empty() ? "ER_SUCCESS_NO_MATCH" : "ER_SUCCESS_MATCH"}}}};
    if (resolution.values.empty()) return out;
    json::array values;
    for (const auto& value : resolution.values) {
        values.push_back(json::object{{"value", {{"name", value.name}, {"id", value.id}}}});
    }
    out["values"] = std::move(values);
    return out;
}

json::object slot_value_json(const FilledSlot& slot, const json::object& resolutions) {
    if (slot.list.empty()) {
        json::object out{{"type", "Simple"}, {"value", *slot.value}};
        if (!resolutions.empty()) out["resolutions"] = resolutions;
        return out;
    }
    json::array values;
    for (const auto& value : slot.list) values.push_back(json::object{{"type", "Simple"}, {"value", value}});
    return {{"type", "List"}, {"values", std::move(values)}};
}

json::object slot_json(const FilledSlot& slot) {
    json::object out{{"name", slot.name}, {"confirmationStatus", to_name(slot.confirmation)}};
    if (!slot.value) return out;
    json::object resolutions;
    if (!slot.resolutions.empty()) {
        json::array by_authority;
        for (const auto& resolution : slot.resolutions) by_authority.push_back(resolution_json(resolution));
        resolutions["resolutionsPerAuthority"] = std::move(by_authority);
    }
    out["value"] = *slot.value;
    out["source"] = "USER";
    if (!resolutions.empty()) out["resolutions"] = resolutions;
    out["slotValue"] = slot_value_json(slot, resolutions);
    return out;
}

ConfirmationStatus read_confirmation(const json::object& in) {
    return parse_choice<ConfirmationStatus>(text_of(in, "confirmationStatus")).value_or(ConfirmationStatus::NONE);
}

}  // namespace

FilledSlot* SpokenIntent::find_slot(std::string_view slot_name) {
    const auto found = std::ranges::find(slots, slot_name, &FilledSlot::name);
    return found != slots.end() ? &*found : nullptr;
}

const FilledSlot* SpokenIntent::find_slot(std::string_view slot_name) const {
    const auto found = std::ranges::find(slots, slot_name, &FilledSlot::name);
    return found != slots.end() ? &*found : nullptr;
}

json::object intent_json(const SpokenIntent& intent) {
    json::object slots;
    for (const auto& slot : intent.slots) slots[slot.name] = slot_json(slot);
    return {{"name", intent.name}, {"confirmationStatus", to_name(intent.confirmation)}, {"slots", std::move(slots)}};
}

SpokenIntent read_intent_json(const json::object& in) {
    SpokenIntent out{text_of(in, "name"), read_confirmation(in), {}};
    const auto* slots = object_of(in, "slots");
    if (slots == nullptr) return out;
    for (const auto& [name, value] : *slots) {
        FilledSlot slot;
        slot.name = name;
        if (const auto* object = value.if_object()) {
            if (auto text = text_of(*object, "value"); !text.empty()) slot.value = std::move(text);
            slot.confirmation = read_confirmation(*object);
        }
        out.slots.push_back(std::move(slot));
    }
    return out;
}

}  // namespace symbolon::voice
