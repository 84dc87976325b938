#pragma once

#include "db/job.hpp"
#include "db/postgres/runner.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace symbolon::db::postgres {

struct PoolLimits {
    std::size_t waiting = 4096;                     ///< closures given to the pool and not yet answered
    std::chrono::milliseconds longest_wait{10000};  ///< in the queue; what waited longer is refused unrun
};

/// Threads with a connection each, which take closures from one queue. The thread that rested least gets the next one,
/// so that there are no more connections than are used at once, and their statements are prepared. A connection is
/// opened when its thread has work, and opened again after it was lost. A thread that gets no connection while others
/// have one leaves the work to them. Owner: PostgresDatabase. The destructor does what still waits. Threads: any.
class Pool {
public:
    using Access = Connection::Access;

    Pool(Shared& shared, PoolLimits limits);
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    ~Pool();

    /// Takes a place in the queue, for one submit. Fails: Error{too_many_requests}.
    void reserve();
    void submit(Access access, std::unique_ptr<Job> job);
    /// Before all that waits, and without a reservation: for the question whether the database answers.
    void submit_first(Access access, std::unique_ptr<Job> job);

private:
    using Time = std::chrono::steady_clock::time_point;

    struct Waiting {
        Access access;
        std::unique_ptr<Job> job;
        Time since;
        bool reserved;
    };

    /// A thread without work.
    struct Idle {
        std::condition_variable wake;
        bool woken = false;
    };

    void work();
    std::optional<Waiting> next();
    void give_back(Waiting waiting);
    void wake_one();
    void answer(Waiting waiting, std::exception_ptr failure);

    Shared& shared_;
    const PoolLimits limits_;

    std::mutex mutex_;
    std::condition_variable rest_;
    std::deque<Waiting> queue_;
    std::vector<Idle*> idle_;  // the one that rested least is the last
    bool ending_ = false;

    std::atomic<std::size_t> waiting_{0};
    std::vector<std::thread> threads_;  // last: they use all of the above
};

}  // namespace symbolon::db::postgres
