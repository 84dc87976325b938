#pragma once

#include "base/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>

namespace symbolon {

/// Owns tasks that run beside each other, so that none outlives what it refers to. The owner makes the group, spawns
/// into it, and awaits join() before it ends; cancel() asks the tasks to stop. A task that fails is logged and ends
/// alone. Threads: everything but the constructor on executor() only; the tasks run there as well, one at a time.
class TaskGroup {
public:
    explicit TaskGroup(boost::asio::any_io_executor executor);
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    ~TaskGroup();

    void spawn(Task<void> task);
    void cancel();
    /// Returns when no task is left. Cannot be cancelled: an owner that left early would leave tasks behind.
    Task<void> join();

    std::size_t size() const;
    boost::asio::any_io_executor executor() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon
