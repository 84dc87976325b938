#pragma once

#include "base/clock.hpp"

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace symbolon::net {

/// Token buckets by key (an address, a client, …) in bounded memory: when more than `max_keys` are known, the one that
/// was seen longest ago is forgotten and would start with a full bucket. Per process. Threads: any.
class RateLimit {
public:
    /// `burst` requests at once, then `per_second` on average. Both are positive.
    RateLimit(double per_second, double burst, std::size_t max_keys = 65536);

    /// Takes a token from the key's bucket; false when there is none.
    bool allow(std::string_view key, Instant now);
    /// The number of keys known now.
    std::size_t size() const;

private:
    struct Bucket {
        std::string key;
        double tokens;
        Instant filled;
    };
    using Buckets = std::list<Bucket>;

    Bucket& touch(std::string_view key, Instant now);

    const double per_ms_;
    const double burst_;
    const std::size_t max_keys_;
    mutable std::mutex mutex_;
    Buckets buckets_;                                                 ///< most recently seen first
    std::unordered_map<std::string_view, Buckets::iterator> by_key_;  ///< views into buckets_
};

}  // namespace symbolon::net
