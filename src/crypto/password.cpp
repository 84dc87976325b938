#include "crypto/password.hpp"

#include "base/error.hpp"
#include "crypto/argon2.hpp"
#include "crypto/hash.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace symbolon::crypto {

namespace asio = boost::asio;

namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t hash_size = 32;
/// How long a thread of the pool keeps its working memory after the last hash.
constexpr std::chrono::milliseconds idle_before_release{500};

/// Work for the pool, its waiter included.
class Job {
public:
    virtual ~Job() = default;
    virtual void run() = 0;
};

/// Runs `Work` and posts what it returns, or throws, to the executor of the coroutine that waits.
template <class Result, class Work, class Handler>
class WaitedJob final : public Job {
public:
    WaitedJob(Work work, Handler handler)
        : work_(std::move(work)), handler_(std::move(handler)), keep_loop_(asio::get_associated_executor(handler_)) {}

    void run() override {
        std::exception_ptr failure;
        Result result{};
        try {
            result = work_();
        } catch (...) {
            failure = std::current_exception();
        }
        asio::post(keep_loop_.get_executor(),
                   [handler = std::move(handler_), failure, result = std::move(result)]() mutable {
                       std::move(handler)(failure, std::move(result));
                   });
    }

private:
    Work work_;
    Handler handler_;
    asio::executor_work_guard<asio::associated_executor_t<Handler>> keep_loop_;
};

}  // namespace

struct PasswordHasher::Impl {
    Impl(Random& random_, unsigned threads_, std::size_t max_queue_, Argon2Cost cost_)
        : random(random_), max_queue(max_queue_), parameters{cost_.memory_kib, cost_.passes, 1} {
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

    std::string hash(const Password& password) {
        ++runs;
        argon2::Encoded encoded{parameters, random.bytes(salt_size), {}};
        encoded.hash = argon2::derive(password.reveal(), encoded.salt, parameters, hash_size);
        return argon2::to_text(encoded);
    }

    bool verify(const Password& password, const std::string& text) {
        ++runs;
        auto encoded = argon2::parse(text);
        const bool real = encoded.has_value();
        // No such user, or no password: the same work, so that the time does not tell.
        if (!real) encoded = argon2::Encoded{parameters, Bytes(salt_size), Bytes(hash_size)};
        const Bytes derived =
            argon2::derive(password.reveal(), encoded->salt, encoded->parameters, encoded->hash.size());
        return equal_in_constant_time(derived, encoded->hash) && real;
    }

    /// Fails: too_many_requests when the queue is full.
    void reserve() {
        const std::lock_guard lock(mutex);
        if (reserved >= max_queue + threads.size()) {
            throw Error(Errc::too_many_requests, "Rate exceeded", "the queue of the password hasher is full");
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

    /// The life of one thread. What is queued when the hasher ends is still done: somebody waits for it.
    void serve() {
        std::unique_lock lock(mutex);
        for (;;) {
            const auto has_work = [this] { return stopping || !queue.empty(); };
            if (!changed.wait_for(lock, idle_before_release, has_work)) {
                argon2::release_memory();
                changed.wait(lock, has_work);
            }
            if (queue.empty()) return;
            std::unique_ptr<Job> job = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            job->run();
            job.reset();
            lock.lock();
            --reserved;
        }
    }

    Random& random;
    const std::size_t max_queue;
    const argon2::Parameters parameters;
    std::atomic<std::uint64_t> runs{0};

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::unique_ptr<Job>> queue;
    std::size_t reserved = 0;  // queued or running
    bool stopping = false;
    std::vector<std::thread> threads;
};

namespace {

/// Hands `work` to the pool and waits for its result.
template <class Result, class Pool, class Work>
Task<Result> on_pool(Pool& pool, Work work) {
    pool.reserve();
    auto initiation = [&pool](auto handler, Work work_) {
        using WorkJob = WaitedJob<Result, Work, decltype(handler)>;
        pool.push(std::make_unique<WorkJob>(std::move(work_), std::move(handler)));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr, Result)>(
        std::move(initiation), asio::use_awaitable, std::move(work));
}

}  // namespace

PasswordHasher::PasswordHasher(Random& random, unsigned threads, std::size_t max_queue, Argon2Cost cost)
    : impl_(std::make_unique<Impl>(random, threads, max_queue, cost)) {}

PasswordHasher::~PasswordHasher() = default;

Task<std::string> PasswordHasher::hash(Password password) {
    auto work = [impl = impl_.get(), password = std::move(password)] { return impl->hash(password); };
    return on_pool<std::string>(*impl_, std::move(work));
}

Task<bool> PasswordHasher::verify(Password password, std::string encoded) {
    auto work = [impl = impl_.get(), password = std::move(password), encoded = std::move(encoded)] {
        return impl->verify(password, encoded);
    };
    return on_pool<bool>(*impl_, std::move(work));
}

std::string PasswordHasher::hash_now(const Password& password) {
    std::string encoded = impl_->hash(password);
    argon2::release_memory();
    return encoded;
}

bool PasswordHasher::verify_now(const Password& password, const std::string& encoded) {
    const bool right = impl_->verify(password, encoded);
    argon2::release_memory();
    return right;
}

std::uint64_t PasswordHasher::runs() const {
    return impl_->runs.load();
}

}  // namespace symbolon::crypto
