#include "db/postgres/pool.hpp"

#include "base/error.hpp"

#include <utility>

namespace symbolon::db::postgres {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds pause_without_connection{200};
constexpr std::chrono::milliseconds pause_at_the_end{5};

/// What a call throws; null when it does not.
template <class F>
std::exception_ptr failure_of_call(F call) {
    try {
        call();
        return nullptr;
    } catch (...) {
        return std::current_exception();
    }
}

}  // namespace

Pool::Pool(Shared& shared, PoolLimits limits) : shared_(shared), limits_(limits) {
    for (std::size_t i = 0; i < shared.address.pool_size; ++i) threads_.emplace_back([this] { work(); });
}

Pool::~Pool() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        while (!idle_.empty()) wake_one();
    }
    rest_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void Pool::reserve() {
    if (waiting_.fetch_add(1) < limits_.waiting) return;
    --waiting_;
    throw Error{Errc::too_many_requests, "Too many requests.", "the queue of the database is full"};
}

void Pool::submit(Access access, std::unique_ptr<Job> job) {
    const std::lock_guard lock(mutex_);
    queue_.push_back({access, std::move(job), Steady::now(), true});
    wake_one();
}

void Pool::submit_first(Access access, std::unique_ptr<Job> job) {
    give_back({access, std::move(job), Steady::now(), false});
}

void Pool::give_back(Waiting waiting) {
    const std::lock_guard lock(mutex_);
    queue_.push_front(std::move(waiting));
    wake_one();
}

void Pool::wake_one() {
    if (idle_.empty()) return;
    Idle& idle = *idle_.back();
    idle_.pop_back();
    idle.woken = true;
    idle.wake.notify_one();
}

std::optional<Pool::Waiting> Pool::next() {
    std::unique_lock lock(mutex_);
    while (queue_.empty() && !ending_) {
        Idle idle;
        idle_.push_back(&idle);
        idle.wake.wait(lock, [&] { return idle.woken; });
    }
    if (queue_.empty()) return std::nullopt;
    Waiting first = std::move(queue_.front());
    queue_.pop_front();
    return first;
}

void Pool::answer(Waiting waiting, std::exception_ptr failure) {
    if (waiting.reserved) --waiting_;
    waiting.job->answer(std::move(failure));
}

void Pool::work() {
    Runner runner(shared_);
    for (auto waiting = next(); waiting; waiting = next()) {
        if (Steady::now() - waiting->since > limits_.longest_wait) {
            answer(std::move(*waiting),
                   std::make_exception_ptr(Failure{Trouble::world, "PostgreSQL: waited too long"}));
            continue;
        }
        if (auto failure = failure_of_call([&] { runner.connect(); })) {
            if (!shared_.availability.has_hope() && shared_.connected == 0) {
                answer(std::move(*waiting), std::move(failure));
                continue;
            }
            give_back(std::move(*waiting));
            std::unique_lock lock(mutex_);
            rest_.wait_for(lock, ending_ ? pause_at_the_end : pause_without_connection);
            continue;
        }
        auto failure = failure_of_call([&] { runner.run(waiting->access, waiting->job->closure()); });
        if (!failure && waiting->access == Access::write) ++shared_.writes;
        answer(std::move(*waiting), std::move(failure));
    }
}

}  // namespace symbolon::db::postgres
