#include "net/client.hpp"

#include "net/client/exchange.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace symbolon::net {
namespace {

namespace asio = boost::asio;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t max_waiting = 256;  ///< requests

using Done = std::function<void(std::exception_ptr, ClientResponse)>;

struct Job {
    ClientRequest request;
    SteadyClock::time_point until;
    Done done;
};

std::exception_ptr failure(Failure kind, const char* detail) {
    return std::make_exception_ptr(ClientError(kind, detail));
}

}  // namespace

struct Client::Impl {
    explicit Impl(std::size_t limit) : max_threads(std::max<std::size_t>(limit, 1)) {}

    ~Impl() {
        {
            const std::lock_guard lock(mutex);
            stop = true;
        }
        wake.notify_all();
        for (auto& thread : threads) thread.join();
        for (auto& job : waiting) job.done(failure(Failure::other, "the client is closing"), {});
    }

    /// False when too much waits already; then the job is as it was.
    bool push(Job& job) {
        const std::lock_guard lock(mutex);
        if (stop || waiting.size() >= max_waiting) return false;
        waiting.push_back(std::move(job));
        if (waiting.size() > idle && threads.size() < max_threads) threads.emplace_back([this] { work(); });
        wake.notify_one();
        return true;
    }

    void work() {
        std::optional<CurlHandle> handle;
        std::unique_lock lock(mutex);
        while (true) {
            ++idle;
            wake.wait(lock, [this] { return stop || !waiting.empty(); });
            --idle;
            if (stop) return;
            auto job = std::move(waiting.front());
            waiting.pop_front();
            lock.unlock();
            run(handle, job);
            lock.lock();
        }
    }

    void run(std::optional<CurlHandle>& handle, Job& job) {
        ClientResponse response;
        std::exception_ptr thrown;
        try {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(job.until - SteadyClock::now());
            if (left.count() <= 0) throw ClientError(Failure::timeout, "no thread was free in time");
            job.request.limit = left;
            if (!handle) handle.emplace();
            response = exchange(*handle, job.request, stop);
        } catch (...) {  // carried to the waiting caller
            thrown = std::current_exception();
        }
        job.done(thrown, std::move(response));
    }

    const std::size_t max_threads;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Job> waiting;
    std::vector<std::thread> threads;
    std::size_t idle = 0;  ///< threads that wait for a job
    std::atomic<bool> stop{false};
};

namespace {

/// Carries an outcome to the executor of the coroutine that waits for it. The executor is kept from running out of work
/// meanwhile.
template <class Handler>
Done post_to(Handler handler) {
    auto executor = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
    auto shared = std::make_shared<Handler>(std::move(handler));
    return [executor, shared](std::exception_ptr thrown, ClientResponse response) {
        asio::post(executor, [handler = std::move(*shared), thrown, response = std::move(response)]() mutable {
            std::move(handler)(thrown, std::move(response));
        });
    };
}

}  // namespace

Client::Client(std::size_t threads) : impl_(std::make_unique<Impl>(threads)) {}

Client::~Client() = default;

Task<ClientResponse> Client::send(ClientRequest request) {
    auto initiate = [](auto handler, Impl* impl, ClientRequest sent) {
        const auto until = SteadyClock::now() + sent.limit;
        Job job{std::move(sent), until, post_to(std::move(handler))};
        if (!impl->push(job)) job.done(failure(Failure::other, "too many outgoing requests"), {});
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, ClientResponse)>(
        std::move(initiate), asio::use_awaitable, impl_.get(), std::move(request));
}

ClientResponse Client::send_now(const ClientRequest& request) {
    return exchange(CurlHandle(), request, impl_->stop);
}

}  // namespace symbolon::net
