#include "net/rate_limit.hpp"

#include <algorithm>

namespace symbolon::net {

RateLimit::RateLimit(double per_second, double burst, std::size_t max_keys)
    : per_ms_(per_second / 1000), burst_(burst), max_keys_(std::max<std::size_t>(max_keys, 1)) {}

bool RateLimit::allow(std::string_view key, Instant now) {
    const std::lock_guard lock(mutex_);
    auto& bucket = touch(key, now);
    // A clock that was set back adds nothing and takes nothing.
    const auto passed = std::max<double>(0, static_cast<double>((now - bucket.filled).count()));
    bucket.tokens = std::min(burst_, bucket.tokens + passed * per_ms_);
    bucket.filled = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

std::size_t RateLimit::size() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

RateLimit::Bucket& RateLimit::touch(std::string_view key, Instant now) {
    if (const auto known = by_key_.find(key); known != by_key_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
        return buckets_.front();
    }
    if (buckets_.size() == max_keys_) {
        by_key_.erase(buckets_.back().key);
        buckets_.pop_back();
    }
    buckets_.push_front(Bucket{std::string(key), burst_, now});
    by_key_.emplace(buckets_.front().key, buckets_.begin());
    return buckets_.front();
}

}  // namespace symbolon::net
