#include "base/error.hpp"
#include "base/run.hpp"
#include "base/task_group.hpp"
#include "base/within.hpp"

#include <gtest/gtest.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

namespace symbolon {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr std::chrono::hours never{24};

Task<void> wait(std::chrono::steady_clock::duration time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
}

Task<int> number(int value) {
    co_return value;
}

Task<int> number_too_late() {
    co_await wait(never);
    co_return 1;
}

Task<int> fail() {
    co_await wait(milliseconds(1));
    throw Error(Errc::code_mismatch, "mine");
}

TEST(Run, returns_what_the_task_returns) {
    EXPECT_EQ(run(number(7)), 7);
}

TEST(Run, throws_what_the_task_throws) {
    try {
        run(fail());
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::code_mismatch);
    }
}

TEST(Within, returns_the_result_of_work_that_is_in_time) {
    EXPECT_EQ(run(within(never, number(7))), 7);
}

TEST(Within, work_over_the_limit_is_cancelled_and_reported) {
    try {
        run(within(milliseconds(5), number_too_late()));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::timed_out);
    }
}

/// A version that waits for the limit first would not come back for a day.
TEST(Within, a_failure_is_reported_at_once_and_as_itself) {
    try {
        run(within(never, fail()));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::code_mismatch);
    }
}

Task<int> holding(std::shared_ptr<int> token) {
    co_await wait(never);
    co_return *token;
}

TEST(Within, returns_only_when_the_work_has_stopped) {
    auto token = std::make_shared<int>(1);
    EXPECT_THROW(run(within(milliseconds(1), holding(token))), Error);
    EXPECT_EQ(token.use_count(), 1);
}

TEST(Within, an_inner_limit_is_no_timeout_when_the_outer_one_strikes) {
    try {
        run(within(milliseconds(5), within(never, number_too_late())));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::timed_out);
    }
}

Task<void> count_after(milliseconds time, int& counter) {
    co_await wait(time);
    ++counter;
}

Task<void> throw_now() {
    co_await wait(milliseconds(0));
    throw Error(Errc::internal, "child", "of the test");
}

Task<int> join_all(std::string how) {
    int counter = 0;
    TaskGroup group(co_await asio::this_coro::executor);
    for (int i = 0; i < 3; ++i) group.spawn(count_after(milliseconds(i), counter));
    if (how == "failing") group.spawn(throw_now());
    if (how == "cancelled") {
        group.spawn(count_after(never, counter));
        group.cancel();
    }
    co_await group.join();
    EXPECT_EQ(group.size(), 0u);
    co_return counter;
}

TEST(TaskGroup, join_waits_for_every_task) {
    EXPECT_EQ(run(join_all("")), 3);
}

TEST(TaskGroup, a_failing_task_is_logged_and_ends_alone) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run(join_all("failing")), 3);
    const std::string written = testing::internal::GetCapturedStderr();
    EXPECT_NE(written.find("\"event\":\"task_failed\""), std::string::npos);
    EXPECT_NE(written.find("of the test"), std::string::npos);
}

TEST(TaskGroup, cancelled_tasks_stop_and_that_is_no_failure) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run(join_all("cancelled")), 0);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

/// Work that takes its time to stop, and then fails by itself.
Task<void> stop_slowly() {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await wait(milliseconds(10));
    throw Error(Errc::code_mismatch, "stopped slowly");
}

Task<void> cancel_limited_work() {
    TaskGroup group(co_await asio::this_coro::executor);
    group.spawn(within(never, stop_slowly()));
    co_await wait(milliseconds(1));
    group.cancel();
    co_await group.join();
}

TEST(Within, work_whose_caller_is_cancelled_has_not_timed_out) {
    testing::internal::CaptureStderr();
    run(cancel_limited_work());
    EXPECT_NE(testing::internal::GetCapturedStderr().find("stopped slowly"), std::string::npos);
}

Task<void> own_a_group(int& counter) {
    TaskGroup group(co_await asio::this_coro::executor);
    group.spawn(count_after(milliseconds(20), counter));
    co_await group.join();
    ++counter;
}

TEST(TaskGroup, an_owner_that_is_cancelled_still_waits_for_its_tasks) {
    int counter = 0;
    run(within(milliseconds(1), own_a_group(counter)));
    EXPECT_EQ(counter, 2);
}

}  // namespace
}  // namespace symbolon
