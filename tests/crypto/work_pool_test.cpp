#include "crypto/work_pool.hpp"

#include "base/error.hpp"
#include "base/run.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

namespace symbolon::crypto {
namespace {

namespace asio = boost::asio;

TEST(WorkPool, works_on_a_thread_of_its_own_and_goes_on_where_it_was) {
    WorkPool pool("pool", 1, 1);
    const auto task = [](WorkPool& workers) -> Task<bool> {
        const auto worker = co_await workers.run([] { return std::this_thread::get_id(); });
        co_return worker != std::this_thread::get_id();
    };
    const auto here = [](WorkPool& workers) -> Task<std::thread::id> {
        co_await workers.run([] { return 0; });
        co_return std::this_thread::get_id();
    };
    EXPECT_TRUE(run(task(pool)));
    EXPECT_EQ(run(here(pool)), std::this_thread::get_id());
}

TEST(WorkPool, gives_what_can_only_be_moved) {
    WorkPool pool("pool", 1, 1);
    auto held = std::make_unique<int>(7);
    const auto result = run(pool.run([held = std::move(held)]() mutable { return std::move(held); }));
    EXPECT_EQ(*result, 7);
}

TEST(WorkPool, throws_what_the_work_throws_and_lives_on) {
    WorkPool pool("pool", 1, 0);
    const auto fail = []() -> int { throw std::runtime_error("this"); };
    EXPECT_THROW(run(pool.run(fail)), std::runtime_error);
    EXPECT_EQ(run(pool.run([] { return 1; })), 1);
}

/// A pool whose only thread is held until it is let go.
class HeldPool : public testing::Test {
protected:
    void ask(std::function<int()> work) {
        asio::co_spawn(loop, pool.run(std::move(work)), [this](std::exception_ptr failure, int) {
            try {
                if (failure) std::rethrow_exception(failure);
                ++served;
            } catch (const Error& error) {
                EXPECT_EQ(error.code, Errc::too_many_requests);
                EXPECT_EQ(error.detail, "the queue of the test pool is full");
                ++refused;
            }
        });
    }
    std::promise<void> let_go;
    WorkPool pool{"test pool", 1, 2};
    asio::io_context loop;
    int served = 0, refused = 0;
};

TEST_F(HeldPool, refuses_at_once_what_its_queue_does_not_hold) {
    ask([this] {
        let_go.get_future().wait();
        return 0;
    });
    for (int i = 0; i < 4; ++i) ask([] { return 0; });
    while (refused < 2) loop.run_one();
    EXPECT_EQ(served, 0) << "one runs, two wait, two are refused while the thread is held";
    let_go.set_value();
    loop.run();
    EXPECT_EQ(served, 3);
    EXPECT_EQ(run(pool.run([] { return 5; })), 5) << "there is room again";
}

TEST(WorkPool, tells_a_thread_that_it_is_idle_after_its_work) {
    std::promise<std::thread::id> idle;
    std::atomic<bool> worked = false, told = false;
    WorkPool pool("pool", 1, 1, [&] {
        if (worked && !told.exchange(true)) idle.set_value(std::this_thread::get_id());
    });
    const auto work = [&] {
        worked = true;
        return std::this_thread::get_id();
    };
    const auto worker = run(pool.run(work));
    EXPECT_EQ(idle.get_future().get(), worker);
}

}  // namespace
}  // namespace symbolon::crypto
