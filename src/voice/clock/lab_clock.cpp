#include "voice/clock/lab_clock.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace symbolon::voice {

namespace {

/// Dates stay ones that every database and every browser can show.
const Instant latest = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

}  // namespace

Instant LabClock::now_unlocked() const {
    const auto passed = std::max(real_.now() - since_, std::chrono::milliseconds(0));
    const auto most = (latest - then_) / rate_;
    return passed > most ? latest : then_ + passed * rate_;
}

void LabClock::begin_anew(Instant lab_time) {
    since_ = real_.now();
    then_ = std::min(lab_time, latest);
}

Instant LabClock::now() const {
    const std::scoped_lock lock(mutex_);
    return now_unlocked();
}

void LabClock::advance(std::chrono::milliseconds by) {
    const std::scoped_lock lock(mutex_);
    const auto now = now_unlocked();
    if (by < std::chrono::milliseconds(0) || by > latest - now) {
        throw Error(Errc::invalid_parameter, "The clock goes ahead only, and not beyond the year 2200.");
    }
    begin_anew(now + by);
}

void LabClock::set_rate(std::int64_t rate) {
    if (rate < 1 || rate > fastest) throw Error(Errc::invalid_parameter, "The clock runs 1 to 100000 times as fast.");
    const std::scoped_lock lock(mutex_);
    begin_anew(now_unlocked());
    rate_ = rate;
}

void LabClock::reset() {
    const std::scoped_lock lock(mutex_);
    rate_ = 1;
    begin_anew(real_.now());
}

std::int64_t LabClock::rate() const {
    const std::scoped_lock lock(mutex_);
    return rate_;
}

std::chrono::milliseconds LabClock::ahead() const {
    const std::scoped_lock lock(mutex_);
    return now_unlocked() - real_.now();
}

}  // namespace symbolon::voice
