#include "symbolon/skill/intent.hpp"

namespace symbolon::skill {
namespace {

void collect(const SlotValue& value, std::vector<std::string>& out) {
    if (value.value) out.push_back(*value.value);
    for (const auto& item : value.values) collect(item, out);
}

}  // namespace

std::optional<ResolvedValue> Resolutions::find_best() const {
    for (const auto& resolution : resolutions_per_authority) {
        if (resolution.status.code == ResolutionCode::er_success_match && !resolution.values.empty()) {
            return resolution.values.front().value;
        }
    }
    return std::nullopt;
}

std::vector<std::string> Slot::values() const {
    std::vector<std::string> out;
    if (slot_value) collect(*slot_value, out);
    if (out.empty() && value) out.push_back(*value);
    return out;
}

const Slot* Intent::find_slot(std::string_view slot) const {
    const auto found = slots.find(slot);
    return found == slots.end() ? nullptr : &found->second;
}

}  // namespace symbolon::skill
