#include "db/postgres/runner.hpp"

#include "base/log.hpp"
#include "db/postgres/transaction.hpp"

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

namespace symbolon::db::postgres {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr int most_conflicts = 20;
constexpr int conflicts_beside_others = 3;
constexpr int most_lost_connections = 3;
constexpr auto longest_run = 10s;  // no try begins later than this after the first
constexpr std::chrono::microseconds first_rest = 1ms;
constexpr int most_doublings = 6;

}  // namespace

Runner::Runner(Shared& shared) : shared_(shared) {}

Runner::~Runner() {
    disconnect();
}

void Runner::connect() {
    if (connection_) return;
    const auto attempt = shared_.availability.begin(Steady::now());
    if (!attempt) throw Failure{Trouble::world, "PostgreSQL: it could not be reached a moment ago"};
    try {
        connection_ = std::make_unique<Connection>(shared_.address);
    } catch (const Failure& failure) {
        shared_.availability.end(*attempt, false, Steady::now());
        log::warning("database_cannot_connect", {{"detail", failure.detail}});
        throw;
    } catch (...) {
        shared_.availability.end(*attempt, false, Steady::now());
        throw;
    }
    ++shared_.connected;  // before hope ends
    shared_.availability.end(*attempt, true, Steady::now());
}

void Runner::disconnect() {
    if (!connection_) return;
    connection_.reset();
    --shared_.connected;
}

void Runner::run(Connection::Access access, const Database::Closure& closure) {
    const auto last_begin = Steady::now() + longest_run;
    int conflicts = 0;
    int lost = 0;
    for (;;) {
        try {
            run_once(access, closure, conflicts);
            return;
        } catch (const Failure& failure) {
            if (failure.trouble == Trouble::unknown)
                log::error("database_commit_unknown", {{"detail", failure.detail}});
            if (failure.trouble == Trouble::lost) {
                log::warning("database_connection_lost", {{"detail", failure.detail}});
                if (++lost > most_lost_connections) throw;
            } else if (failure.trouble != Trouble::conflict || ++conflicts > most_conflicts) {
                throw;
            }
            if (Steady::now() >= last_begin) throw;
        }
        ++shared_.reruns;
        rest(conflicts);
    }
}

/// One try. A connection that is lost, or whose state is not known, is not used again.
void Runner::run_once(Connection::Access access, const Database::Closure& closure, int conflicts) {
    connect();
    try {
        if (access == Connection::Access::read) {
            run_transaction(access, closure);
            return;
        }
        using Pass = Turnstile::Pass;
        const Turnstile::Turn turn(shared_.turnstile,
                                   conflicts > conflicts_beside_others ? Pass::alone : Pass::beside_others);
        run_transaction(access, closure);
    } catch (const Failure& failure) {
        if (failure.trouble == Trouble::lost || failure.trouble == Trouble::unknown) disconnect();
        throw;
    }
}

void Runner::run_transaction(Connection::Access access, const Database::Closure& closure) {
    connection_->begin(access);
    PostgresTransaction transaction(*connection_);
    std::exception_ptr refusal;
    try {
        closure(transaction);
    } catch (...) {
        refusal = std::current_exception();
    }
    if (transaction.failure()) {
        connection_->roll_back();
        // What the closure makes of a failure counts only when the failure was of its own making.
        try {
            std::rethrow_exception(transaction.failure());
        } catch (const Failure& failure) {
            if (failure.trouble != Trouble::statement || !refusal) throw;
        } catch (...) {
            if (!refusal) throw;
        }
    }
    if (refusal) {
        connection_->roll_back();
        std::rethrow_exception(refusal);
    }
    if (access == Connection::Access::read) {
        connection_->end_read();
    } else {
        connection_->commit();
    }
}

/// The first conflict is answered at once; after that the pauses grow, and differ, so that the same do not meet again.
void Runner::rest(int conflicts) {
    if (conflicts < 2) return;
    const auto longest = first_rest * (1 << std::min(conflicts - 2, most_doublings));
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<std::int64_t>(0, longest.count())(jitter_)));
}

}  // namespace symbolon::db::postgres
