#include "db/postgres/availability.hpp"

namespace symbolon::db::postgres {
namespace {

constexpr std::chrono::milliseconds pause{200};

}  // namespace

std::optional<Availability::Attempt> Availability::begin(Time now) {
    const std::lock_guard lock(mutex_);
    if (!down_) {
        ++ordinary_;
        return Attempt::ordinary;
    }
    if (probing_ || now < next_try_) return std::nullopt;
    probing_ = true;
    return Attempt::probe;
}

void Availability::end(Attempt attempt, bool connected, Time now) {
    const std::lock_guard lock(mutex_);
    if (attempt == Attempt::ordinary) --ordinary_;
    if (attempt == Attempt::probe) probing_ = false;
    down_ = !connected;
    if (down_) next_try_ = now + pause;
}

bool Availability::has_hope() {
    const std::lock_guard lock(mutex_);
    return ordinary_ > 0;
}

}  // namespace symbolon::db::postgres
