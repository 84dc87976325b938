#pragma once

#include "base/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <future>
#include <optional>

/// Holds one handler where the test wants it.
class Gate {
public:
    /// In the handler: waits until the test opens.
    symbolon::Task<void> pass() {
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        timer_.emplace(executor, boost::asio::steady_timer::time_point::max());
        arrived_.set_value();
        boost::system::error_code ignored;
        co_await timer_->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        timer_.reset();  // the server's event loop may end before the gate
    }
    /// In the test: waits until the handler is there.
    void await_arrival() { arrived_.get_future().wait(); }
    void open() {
        boost::asio::post(timer_->get_executor(), [this] { timer_->cancel(); });
    }

private:
    std::promise<void> arrived_;
    std::optional<boost::asio::steady_timer> timer_;
};
