#include "replay_guard.hpp"

#include "crypto/hash.hpp"

#include <cstring>

namespace symbolon::skill {

ReplayGuard::Key ReplayGuard::key_of(std::string_view request_id) {
    const auto digest = crypto::sha256(request_id);
    Key key = 0;
    std::memcpy(&key, digest.data(), sizeof key);
    return key;
}

void ReplayGuard::drop_expired(Time now) {
    while (!by_end_.empty() && by_end_.begin()->first < now) {
        ids_.erase(by_end_.begin()->second);
        by_end_.erase(by_end_.begin());
    }
}

Novelty ReplayGuard::remember(std::string_view request_id, Time until, Time now) {
    const Key key = key_of(request_id);
    const std::lock_guard lock(mutex_);
    drop_expired(now);
    if (ids_.contains(key)) return Novelty::seen;
    if (ids_.size() >= capacity_) return Novelty::cannot_tell;
    ids_.emplace(key, by_end_.emplace(until, key));
    return Novelty::fresh;
}

void ReplayGuard::forget(std::string_view request_id) {
    const std::lock_guard lock(mutex_);
    const auto found = ids_.find(key_of(request_id));
    if (found == ids_.end()) return;
    by_end_.erase(found->second);
    ids_.erase(found);
}

}  // namespace symbolon::skill
