#pragma once

#include "symbolon/skill/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace symbolon::skill {

enum class Novelty { fresh, seen, cannot_tell };

/// Remembers request ids for as long as their timestamps would be accepted. Bounded; when it is full of ids that still
/// matter it cannot tell, and the caller refuses: forgetting one would let it be replayed. Threads: any.
class ReplayGuard {
public:
    explicit ReplayGuard(std::size_t capacity) : capacity_(capacity) {}

    /// Remembers the id until `until`; says whether it is fresh.
    Novelty remember(std::string_view request_id, Time until, Time now);
    void forget(std::string_view request_id);

private:
    /// A hash of the id: small, and of one size whatever the length of the id. It need not withstand an attacker, since
    /// the ids are those of requests that the platform signed.
    using Key = std::uint64_t;
    void drop_expired(Time now);

    std::size_t capacity_;
    std::mutex mutex_;
    std::unordered_map<Key, std::multimap<Time, Key>::iterator> ids_;
    std::multimap<Time, Key> by_end_;
};

}  // namespace symbolon::skill
