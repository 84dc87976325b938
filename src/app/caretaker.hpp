#pragma once

#include "app/pace.hpp"
#include "base/clock.hpp"
#include "base/task.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace symbolon::app {

/// Something that the servers of one database do by themselves, one of them at a time.
struct Duty {
    std::string name;                    ///< of its claim
    std::chrono::milliseconds interval;  ///< how often it is looked whether there is something to do
    /// Whether there is. Only a read, so that a server at rest writes nothing.
    std::function<bool(db::Transaction&, Instant now)> is_due;
    /// Does a part: up to `limit` rows, or what else is counted. Returns how many; less than `limit`, and nothing is
    /// left. Writes through the claim alone. It may wait for other things in between, for less than Claim::lease.
    std::function<Task<std::int64_t>(directory::Claim& claim, Instant now, int limit)> do_step;
};

/// Does one duty when it is this process's turn. Used by one task at a time.
class Caretaker {
public:
    Caretaker(db::Database& db, const directory::Claimant& claimant, Duty duty);

    /// Looks, claims the duty if nobody has it, and does one step. Returns how long to rest before the next turn. Does
    /// not fail: what went wrong is logged, and tried again after the interval.
    Task<std::chrono::milliseconds> take_turn();

    /// Lets another process take over at once.
    Task<void> hand_over();

private:
    Task<bool> is_my_turn(Instant now);
    Task<std::chrono::milliseconds> work(Instant now);

    db::Database& db_;
    const Clock& clock_;
    Duty duty_;
    directory::Claim claim_;
    Pace pace_;
    bool has_claim_ = false;  ///< as far as this process knows
};

}  // namespace symbolon::app
