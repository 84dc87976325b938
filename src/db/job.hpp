#pragma once

#include "base/loop_hold.hpp"
#include "db/database.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <memory>
#include <utility>

namespace symbolon::db {

/// A closure that waits for a thread of the engine's, and how its caller learns the end.
class Job {
public:
    explicit Job(const Database::Closure& closure) : closure_(closure) {}
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;

    const Database::Closure& closure() const { return closure_; }
    /// Called once, on the engine's thread: null when the closure's work stands, else what the caller is to catch.
    virtual void answer(std::exception_ptr failure) = 0;

private:
    const Database::Closure& closure_;  // in the caller's frame, which stands until the answer
};

/// The job of a coroutine. It goes on where it came from, not on the engine's thread.
template <class Handler>
class WaitingJob final : public Job {
public:
    WaitingJob(const Database::Closure& closure, Handler handler)
        : Job(closure), loop_(boost::asio::get_associated_executor(handler)), handler_(std::move(handler)) {}

    void answer(std::exception_ptr failure) override {
        auto resume = [handler = std::move(handler_), failure = std::move(failure)]() mutable {
            std::move(handler)(std::move(failure));
        };
        loop_.post(std::move(resume));
    }

private:
    // Until this thread is out of post(): the caller may have gone on and have nothing left to do, but its io_context
    // must not end while it is still being woken up.
    LoopHold loop_;
    Handler handler_;
};

/// To be awaited: gives `submit` a job for the closure and returns when it was answered.
template <class Submit>
auto hand_over(const Database::Closure& closure, Submit submit) {
    auto initiate = [&closure, submit](auto handler) {
        submit(std::make_unique<WaitingJob<decltype(handler)>>(closure, std::move(handler)));
    };
    namespace asio = boost::asio;
    return asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr)>(std::move(initiate),
                                                                                         asio::use_awaitable);
}

}  // namespace symbolon::db
