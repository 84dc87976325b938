#include "base/within.hpp"

#include "base/error.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>

namespace symbolon {

namespace asio = boost::asio;

// Not `work || timer` of the awaitable operators: they wait for the first *success*, so work that fails early would be
// reported as a timeout when the limit has passed, its own error lost.
Task<void> within(std::chrono::steady_clock::duration limit, Task<void> work) {
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, limit);
    const auto [order, failure, timer_error] =
        co_await asio::experimental::make_parallel_group(asio::co_spawn(executor, std::move(work), asio::deferred),
                                                         timer.async_wait(asio::deferred))
            .async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
    if (!failure) co_return;
    // The timer also ends first when the caller is cancelled; then it ends with an error, and this is no timeout.
    if (order[0] == 1 && !timer_error) throw Error(Errc::timed_out, "The operation timed out.");
    std::rethrow_exception(failure);
}

}  // namespace symbolon
