#pragma once

#include "base/id.hpp"
#include "base/task.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

namespace symbolon::triggers {

/// Of each pool.
struct QueueLimits {
    std::size_t running = 16;   ///< functions at once
    std::size_t waiting = 256;  ///< calls that wait for that
    std::chrono::milliseconds longest_wait{5000};
};

/// Lets so many functions of one pool run at a time, and has others wait their turn: a pool whose functions are slow is
/// slow itself, and takes no other pool's place. What does not get a turn is refused as AWS Lambda refuses what is
/// beyond its limit. Bounded: there is nothing of a pool that calls nobody. Threads: any. The executors of those who
/// wait must outlive it, or end their waits first.
class PoolQueues {
public:
    explicit PoolQueues(QueueLimits limits);
    ~PoolQueues();
    PoolQueues(const PoolQueues&) = delete;
    PoolQueues& operator=(const PoolQueues&) = delete;

    /// A place among the running ones; whoever waits next gets it when this ends.
    class Place;
    /// Fails: NotRun "TooManyRequestsException", at once where too many wait, or after the longest wait.
    Task<std::unique_ptr<Place>> enter(PoolId pool);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

class PoolQueues::Place {
public:
    Place(Impl& queues, PoolId pool);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    Impl& queues_;
    const PoolId pool_;
};

}  // namespace symbolon::triggers
