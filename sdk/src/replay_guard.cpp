#include "replay_guard.hpp"

namespace symbolon::skill {

void ReplayGuard::drop_expired(Time now) {
    while (!by_end_.empty() && by_end_.begin()->first < now) {
        ids_.erase(by_end_.begin()->second);
        by_end_.erase(by_end_.begin());
    }
}

Novelty ReplayGuard::remember(std::string_view request_id, Time until, Time now) {
    const Key key = std::hash<std::string_view>{}(request_id);
    const std::lock_guard lock(mutex_);
    drop_expired(now);
    if (ids_.contains(key)) return Novelty::seen;
    if (ids_.size() >= capacity_) return Novelty::cannot_tell;
    ids_.emplace(key, by_end_.emplace(until, key));
    return Novelty::fresh;
}

void ReplayGuard::forget(std::string_view request_id) {
    const std::lock_guard lock(mutex_);
    const auto found = ids_.find(std::hash<std::string_view>{}(request_id));
    if (found == ids_.end()) return;
    by_end_.erase(found->second);
    ids_.erase(found);
}

}  // namespace symbolon::skill
