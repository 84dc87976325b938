#pragma once

#include "base/task.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace symbolon::crypto {

/// Runs work that would hold up an event loop (hashing passwords, making keys) on a few threads of its own. Its queue
/// is bounded: when it is full it refuses at once instead of letting everyone wait. Threads: any.
class WorkPool {
public:
    /// `name` is for the log. `on_idle` runs on a thread that has had nothing to do for a while.
    WorkPool(std::string name, unsigned threads, std::size_t max_queue, std::function<void()> on_idle = {});
    /// What is queued is still done: somebody waits for it.
    ~WorkPool();

    /// Hands `work` to the pool and waits for what it returns or throws; goes on where it was. Not cancellable.
    /// Fails: Error{too_many_requests} when the queue is full.
    template <class Work, class Result = std::invoke_result_t<Work&>>
    Task<Result> run(Work work) {
        std::optional<Result> result;
        std::function<void()> closure = [&] { result.emplace(work()); };
        co_await run_closure(std::move(closure));
        co_return std::move(*result);
    }

private:
    Task<void> run_closure(std::function<void()> closure);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::crypto
