#include "db/postgres/availability.hpp"

namespace symbolon::db::postgres {
namespace {

constexpr std::chrono::milliseconds pause{200};

}  // namespace

bool Availability::may_connect(Time now) {
    const std::lock_guard lock(mutex_);
    if (!down_) return true;
    if (trying_ || now < next_try_) return false;
    trying_ = true;
    return true;
}

void Availability::succeeded() {
    const std::lock_guard lock(mutex_);
    down_ = trying_ = false;
}

void Availability::failed(Time now) {
    const std::lock_guard lock(mutex_);
    down_ = true;
    trying_ = false;
    next_try_ = now + pause;
}

}  // namespace symbolon::db::postgres
