#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>

namespace symbolon::voice {

/// The time by which links age: the real one, unless somebody moves it ahead or lets it run faster, to see what weeks
/// do to a link. It never goes back but by reset(). Threads: any.
class LabClock final : public Clock {
public:
    static constexpr std::int64_t fastest = 100'000;

    explicit LabClock(const Clock& real) : real_(real), since_(real.now()), then_(since_) {}

    Instant now() const override;
    void advance(std::chrono::milliseconds by);
    /// 1 is real time; at most `fastest`. Fails: invalid_parameter.
    void set_rate(std::int64_t rate);
    void reset();

    std::int64_t rate() const;
    std::chrono::milliseconds ahead() const;  ///< of the real clock

private:
    Instant now_unlocked() const;
    void begin_anew(Instant lab_time);

    const Clock& real_;
    mutable std::mutex mutex_;
    Instant since_;  ///< real time since which `rate_` counts
    Instant then_;   ///< what this clock showed at that time
    std::int64_t rate_ = 1;
};

}  // namespace symbolon::voice
