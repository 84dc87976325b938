#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "db/database.hpp"
#include "directory/claims.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace symbolon::directory {

/// Who claims work: a process and its clock.
struct Claimant {
    const Clock& clock;
    NodeId node;
};

/// One piece of work, as one process claims it. What it does to the database goes through write().
class Claim {
public:
    /// How long after its last step a process that died is missed. A step, and the rest after it, must be shorter.
    static constexpr std::chrono::seconds lease{20};

    Claim(db::Database& db, Claimant claimant, std::string work);

    /// True when the work is this process's from now on.
    Task<bool> take();

    /// A write that is kept only while the work is this process's, and keeps it so for another lease.
    /// Fails, beside what db::Database::write fails with: concurrent_modification, another process has taken the work.
    template <class F>
    auto write(F fn) {
        auto fenced = [this, until = renew(), fn = std::move(fn)](db::Transaction& tx) mutable {
            keep(tx, until);
            return fn(tx);
        };
        return db_.write(std::move(fenced));
    }

    /// Keeps the claim while the work reads or waits; does nothing while the claim is fresh. Fails as write() does.
    Task<void> stay();

    /// Takes the claim, does the work, and gives the claim back whatever became of it. Fails: concurrent_modification,
    /// another process has it; what the work fails with.
    Task<void> during(Task<void> work);

    enum class Standing { mine, open, taken };
    /// Whose the work is: `mine` needs no take(), `taken` would refuse it.
    Standing find_standing(db::Transaction& tx, Instant now) const;

    /// Lets others take the work at once. Does not fail: what cannot be given back lapses.
    Task<void> release();

private:
    /// Until when a claim that is written now holds.
    Instant renew();
    void keep(db::Transaction& tx, Instant until) const;

    db::Database& db_;
    Claimant claimant_;
    std::string work_;
    Instant renewed_{};
};

}  // namespace symbolon::directory
