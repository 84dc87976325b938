#include "lamps.hpp"

#include <algorithm>

namespace lamp_skill {
namespace {

Lamps::ById new_lamps() {
    return {{"lamp-1", {"Kitchen lamp"}}, {"lamp-2", {"Desk lamp"}}};
}

}  // namespace

Lamps::ById Lamps::list(const std::string& user) const {
    const std::lock_guard lock(mutex_);
    const auto found = by_user_.find(user);
    return found == by_user_.end() ? new_lamps() : found->second;
}

std::optional<Lamp> Lamps::find(const std::string& user, std::string_view id) const {
    const auto lamps = list(user);
    const auto found = lamps.find(id);
    if (found == lamps.end()) return std::nullopt;
    return found->second;
}

std::optional<Lamp> Lamps::switch_to(const std::string& user, std::string_view id, bool on) {
    const std::lock_guard lock(mutex_);
    auto* lamp = find_locked(user, id);
    if (lamp == nullptr) return std::nullopt;
    lamp->on = on;
    return *lamp;
}

std::optional<Lamp> Lamps::dim_to(const std::string& user, std::string_view id, std::int64_t percent) {
    const std::lock_guard lock(mutex_);
    auto* lamp = find_locked(user, id);
    if (lamp == nullptr) return std::nullopt;
    lamp->brightness = std::clamp<std::int64_t>(percent, 0, 100);
    return *lamp;
}

std::optional<Lamp> Lamps::dim_by(const std::string& user, std::string_view id, std::int64_t difference) {
    const std::lock_guard lock(mutex_);
    auto* lamp = find_locked(user, id);
    if (lamp == nullptr) return std::nullopt;
    lamp->brightness = std::clamp<std::int64_t>(lamp->brightness + difference, 0, 100);
    return *lamp;
}

Lamp* Lamps::find_locked(const std::string& user, std::string_view id) {
    auto& lamps = by_user_.try_emplace(user, new_lamps()).first->second;
    const auto found = lamps.find(id);
    return found == lamps.end() ? nullptr : &found->second;
}

}  // namespace lamp_skill
