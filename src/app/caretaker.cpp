#include "app/caretaker.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace symbolon::app {

Caretaker::Caretaker(db::Database& db, const directory::Claimant& claimant, Duty duty)
    : db_(db), clock_(claimant.clock), duty_(std::move(duty)), claim_(db, claimant, duty_.name) {}

Task<std::chrono::milliseconds> Caretaker::take_turn() {
    try {
        const Instant now = clock_.now();
        if (co_await is_my_turn(now)) co_return co_await work(now);
    } catch (const Error& error) {
        const bool taken_over = error.code == Errc::concurrent_modification;
        log::write(taken_over ? log::Level::info : log::Level::warning, taken_over ? "duty_taken_over" : "duty_failed",
                   {{"duty", duty_.name}, {"detail", error.detail}});
    } catch (const std::exception& error) {
        log::error("duty_failed", {{"duty", duty_.name}, {"detail", error.what()}});
    }
    co_return duty_.interval;
}

/// There is something to do, and the claim is this process's.
Task<bool> Caretaker::is_my_turn(Instant now) {
    using Standing = directory::Claim::Standing;
    const auto look = [&](db::Transaction& tx) {
        return std::pair(claim_.find_standing(tx, now), duty_.is_due(tx, now));
    };
    const auto [standing, is_due] = co_await db_.read(look);
    has_claim_ = standing == Standing::mine;
    if (!is_due) co_return false;
    if (standing == Standing::open) has_claim_ = co_await claim_.take();
    co_return has_claim_;
}

Task<std::chrono::milliseconds> Caretaker::work(Instant now) {
    const Instant begin = clock_.now();
    const int limit = pace_.limit();
    const std::int64_t done = co_await duty_.do_step(claim_, now, limit);
    const auto rest = pace_.after(clock_.now() - begin);
    co_return done < limit ? std::max(duty_.interval, rest) : rest;
}

Task<void> Caretaker::hand_over() {
    if (!std::exchange(has_claim_, false)) co_return;
    co_await claim_.release();
}

}  // namespace symbolon::app
