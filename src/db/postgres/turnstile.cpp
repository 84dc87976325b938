#include "db/postgres/turnstile.hpp"

namespace symbolon::db::postgres {

Turnstile::Turn::Turn(Turnstile& turnstile, Pass pass) : turnstile_(turnstile), pass_(pass) {
    std::unique_lock lock(turnstile_.mutex_);
    auto& running = turnstile_.running_;
    auto& alone = turnstile_.alone_;
    if (pass_ == Pass::alone) {
        ++alone;
        turnstile_.changed_.wait_for(lock, turnstile_.longest_wait_, [&] { return running == 0; });
    } else {
        turnstile_.changed_.wait_for(lock, turnstile_.longest_wait_, [&] { return alone == 0; });
    }
    ++running;
}

Turnstile::Turn::~Turn() {
    {
        const std::lock_guard lock(turnstile_.mutex_);
        --turnstile_.running_;
        if (pass_ == Pass::alone) --turnstile_.alone_;
    }
    turnstile_.changed_.notify_all();
}

}  // namespace symbolon::db::postgres
