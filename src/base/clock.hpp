#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace symbolon {

/// A point in time, UTC, in milliseconds.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

inline std::int64_t to_ms(Instant t) {
    return t.time_since_epoch().count();
}
inline std::int64_t to_seconds(Instant t) {
    return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}
inline Instant from_ms(std::int64_t ms) {
    return Instant{std::chrono::milliseconds{ms}};
}

/// `2026-11-22T16:03:00.123Z`
std::string to_iso8601(Instant t);

/// The time of day. Rules do not take a clock, they take an `Instant now`; a request reads the clock once.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

/// A clock that stands still until it is told to move. For tests and for the assistant's accelerated time.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : ms_(to_ms(start)) {}
    Instant now() const override { return from_ms(ms_.load()); }
    void advance(std::chrono::milliseconds by) { ms_ += by.count(); }
    void set(Instant t) { ms_ = to_ms(t); }

private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace symbolon
