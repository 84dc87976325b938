#include "triggers/pool_queues.hpp"

#include "triggers/functions.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <list>
#include <map>
#include <mutex>
#include <utility>

namespace symbolon::triggers {

namespace asio = boost::asio;

namespace {

/// The code of AWS Lambda for a function that runs as often as it may.
constexpr const char* too_many = "TooManyRequestsException";

struct Waiter {
    asio::steady_timer timer;  ///< touched on its executor alone
    bool granted = false;      ///< guarded by the queues' mutex
};
using WaiterPtr = std::shared_ptr<Waiter>;

}  // namespace

struct PoolQueues::Impl {
    struct Queue {
        std::size_t running = 0;
        std::list<WaiterPtr> waiting = {};
    };

    explicit Impl(QueueLimits given) : limits(given) {}

    /// True when there was a place. Else the waiter is in the queue. Fails: NotRun.
    bool take_or_wait(const PoolId& pool, const WaiterPtr& waiter) {
        const std::lock_guard lock(mutex);
        auto& queue = queues[pool];
        if (queue.running < limits.running) {
            ++queue.running;
            return true;
        }
        if (queue.waiting.size() >= limits.waiting) throw NotRun(too_many);
        queue.waiting.push_back(waiter);
        return false;
    }

    /// Gives a place to whoever waits next.
    void give_back(const PoolId& pool) {
        const std::lock_guard lock(mutex);
        const auto queue = queues.find(pool);
        if (queue->second.waiting.empty()) {
            if (--queue->second.running == 0) queues.erase(queue);
            return;
        }
        auto next = std::move(queue->second.waiting.front());
        queue->second.waiting.pop_front();
        next->granted = true;
        asio::post(next->timer.get_executor(), [next] { next->timer.cancel(); });
    }

    /// True when the waiter got a place. Else it waits no longer.
    bool leave(const PoolId& pool, const WaiterPtr& waiter) {
        const std::lock_guard lock(mutex);
        if (waiter->granted) return true;
        queues.at(pool).waiting.remove(waiter);
        return false;
    }

    const QueueLimits limits;
    std::mutex mutex;
    std::map<PoolId, Queue> queues;
};

namespace {

/// One that waits, whatever ends it: a place that it was granted and did not take is given back.
template <class Queues>
class Wait {
public:
    Wait(Queues& queues, const PoolId& pool, WaiterPtr waiter)
        : queues_(queues), pool_(pool), waiter_(std::move(waiter)) {}
    ~Wait() {
        if (!over_ && queues_.leave(pool_, waiter_)) queues_.give_back(pool_);
    }
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;

    /// True when a place was granted, which is the caller's now.
    bool end() {
        over_ = true;
        return queues_.leave(pool_, waiter_);
    }

private:
    Queues& queues_;
    const PoolId& pool_;
    WaiterPtr waiter_;
    bool over_ = false;
};

}  // namespace

PoolQueues::PoolQueues(QueueLimits limits) : impl_(std::make_unique<Impl>(limits)) {}
PoolQueues::~PoolQueues() = default;

PoolQueues::Place::Place(Impl& queues, PoolId pool) : queues_(queues), pool_(std::move(pool)) {}
PoolQueues::Place::~Place() {
    queues_.give_back(pool_);
}

Task<std::unique_ptr<PoolQueues::Place>> PoolQueues::enter(PoolId pool) {
    const auto executor = co_await asio::this_coro::executor;
    auto waiter = std::make_shared<Waiter>(Waiter{asio::steady_timer(executor, impl_->limits.longest_wait)});
    if (!impl_->take_or_wait(pool, waiter)) {
        Wait<Impl> wait(*impl_, pool, waiter);
        co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
        if (!wait.end()) throw NotRun(too_many);
    }
    co_return std::make_unique<Place>(*impl_, std::move(pool));
}

}  // namespace symbolon::triggers
