#include "crypto/work_pool.hpp"

#include "base/error.hpp"
#include "base/loop_hold.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace symbolon::crypto {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds until_idle{500};

/// Work for the pool, its waiter included.
class Job {
public:
    virtual ~Job() = default;
    virtual void run() = 0;
    virtual void answer() = 0;
};

/// Runs a closure, which lies in the waiting coroutine's frame, and posts to that coroutine's executor how it ended.
template <class Handler>
class WaitedJob final : public Job {
public:
    WaitedJob(const std::function<void()>& closure, Handler handler)
        : closure_(closure), handler_(std::move(handler)), loop_(asio::get_associated_executor(handler_)) {}

    void run() override {
        try {
            closure_();
        } catch (...) {
            failure_ = std::current_exception();
        }
    }

    void answer() override {
        auto resume = [handler = std::move(handler_), failure = failure_]() mutable { std::move(handler)(failure); };
        loop_.post(std::move(resume));
    }

private:
    const std::function<void()>& closure_;
    Handler handler_;
    std::exception_ptr failure_;
    LoopHold loop_;
};

}  // namespace

struct WorkPool::Impl {
    Impl(std::string name_, unsigned threads_, std::size_t max_queue_, std::function<void()> on_idle_)
        : name(std::move(name_)), max_queue(max_queue_), on_idle(std::move(on_idle_)) {
        for (unsigned i = 0; i < std::max(1u, threads_); ++i) threads.emplace_back([this] { serve(); });
    }

    ~Impl() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        changed.notify_all();
        for (std::thread& thread : threads) thread.join();
    }

    /// Fails: too_many_requests when the queue is full.
    void reserve() {
        const std::lock_guard lock(mutex);
        if (reserved >= max_queue + threads.size()) {
            throw Error(Errc::too_many_requests, "Rate exceeded", "the queue of the " + name + " is full");
        }
        ++reserved;
    }

    void push(std::unique_ptr<Job> job) {
        {
            const std::lock_guard lock(mutex);
            queue.push_back(std::move(job));
        }
        changed.notify_one();
    }

    /// The life of one thread.
    void serve() {
        std::unique_lock lock(mutex);
        for (;;) {
            await_work(lock);
            if (queue.empty()) return;
            std::unique_ptr<Job> job = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            job->run();
            lock.lock();
            --reserved;  // before the answer: whoever has it may come again at once
            lock.unlock();
            job->answer();
            job.reset();
            lock.lock();
        }
    }

    void await_work(std::unique_lock<std::mutex>& lock) {
        const auto has_work = [this] { return stopping || !queue.empty(); };
        if (on_idle && !changed.wait_for(lock, until_idle, has_work)) on_idle();
        changed.wait(lock, has_work);
    }

    const std::string name;
    const std::size_t max_queue;
    const std::function<void()> on_idle;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::unique_ptr<Job>> queue;
    std::size_t reserved = 0;  // queued or running
    bool stopping = false;
    std::vector<std::thread> threads;
};

WorkPool::WorkPool(std::string name, unsigned threads, std::size_t max_queue, std::function<void()> on_idle)
    : impl_(std::make_unique<Impl>(std::move(name), threads, max_queue, std::move(on_idle))) {}

WorkPool::~WorkPool() = default;

Task<void> WorkPool::run_closure(std::function<void()> closure) {
    impl_->reserve();
    auto initiation = [pool = impl_.get(), &closure](auto handler) {
        using WorkJob = WaitedJob<decltype(handler)>;
        pool->push(std::make_unique<WorkJob>(closure, std::move(handler)));
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr)>(std::move(initiation),
                                                                                            asio::use_awaitable);
}

}  // namespace symbolon::crypto
