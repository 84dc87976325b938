// How many functions of one pool run at once (docs/triggers.md).
#include "triggers/pool_queues.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/run.hpp"
#include "triggers/triggers.hpp"

#include <gtest/gtest.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace symbolon::triggers {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// Functions that run until they are let go.
class HeldFunctions final : public Functions {
public:
    explicit HeldFunctions(asio::io_context& context) : gate_(context, asio::steady_timer::time_point::max()) {}

    Task<Reply> invoke(std::string, std::string) override {
        most_ = std::max(most_, ++running_);
        if (!open_) {
            boost::system::error_code ended;
            co_await gate_.async_wait(asio::redirect_error(asio::use_awaitable, ended));
        }
        --running_;
        co_return Reply{R"({"response": {}})"};
    }
    void open() {
        open_ = true;
        gate_.cancel();
    }
    int running() const { return running_; }
    int most() const { return most_; }

private:
    asio::steady_timer gate_;
    bool open_ = false;
    int running_ = 0;
    int most_ = 0;
};

class Queues : public testing::Test {
protected:
    Queues() { log::set_level(log::Level::error); }

    Task<void> ask(std::string pool) {
        Call call{.function = "f", .pool_id = PoolId(std::move(pool)), .client_id = "c", .username = "jane"};
        std::string outcome = "done";
        try {
            co_await triggers.post_authentication(std::move(call), false);
        } catch (const Error& error) {
            outcome = error.message;
        }
        outcomes.push_back(std::move(outcome));
    }
    void begin(const std::string& pool, int calls) {
        for (int i = 0; i < calls; ++i) asio::co_spawn(context, ask(pool), asio::detached);
        context.poll();
        context.restart();
    }
    auto done() const { return std::ranges::count(outcomes, "done"); }

    asio::io_context context;
    HeldFunctions functions{context};
    Triggers triggers{functions, {.running = 2, .waiting = 3, .longest_wait = 1h}};
    std::vector<std::string> outcomes;
    const std::string refusal = "PostAuthentication invocation failed due to error TooManyRequestsException.";
};

TEST_F(Queues, hold_back_what_is_beyond_the_limit_of_a_pool_and_refuse_what_is_beyond_that) {
    begin("a_1", 7);
    EXPECT_EQ(functions.running(), 2);
    EXPECT_EQ(outcomes, (std::vector<std::string>(2, refusal))) << "two run, three wait";
    functions.open();
    context.run();
    EXPECT_EQ(done(), 5);
    EXPECT_EQ(functions.most(), 2);
}

TEST_F(Queues, of_one_pool_hold_up_no_other) {
    begin("a_1", 7);
    begin("b_1", 2);
    EXPECT_EQ(functions.running(), 4);
    EXPECT_EQ(outcomes.size(), 2U) << "of the other pool";
    functions.open();
    context.run();
    EXPECT_EQ(done(), 7);
}

TEST_F(Queues, give_every_place_back) {
    functions.open();
    for (int i = 0; i < 20; ++i) begin("a_1", 2);
    context.run();
    EXPECT_EQ(done(), 40);
}

TEST(PoolQueues, do_not_let_wait_for_ever) {
    asio::io_context context;
    PoolQueues queues({.running = 1, .waiting = 1, .longest_wait = 0ms});
    std::string refused;
    const auto both = [](PoolQueues& turns, std::string& out) -> Task<void> {
        const auto first = co_await turns.enter(PoolId("a_1"));
        try {
            co_await turns.enter(PoolId("a_1"));
        } catch (const NotRun& failure) {
            out = failure.reason;
        }
    };
    run(both(queues, refused));
    EXPECT_EQ(refused, "TooManyRequestsException");
}

TEST(PoolQueues, forget_who_was_cancelled) {
    asio::io_context context;
    PoolQueues queues({.running = 1, .waiting = 1, .longest_wait = 1h});
    const auto enter = [](PoolQueues& turns, int& entered) -> Task<void> {
        const auto place = co_await turns.enter(PoolId("a_1"));
        ++entered;
    };
    int entered = 0;
    auto first = run(queues.enter(PoolId("a_1")));
    asio::cancellation_signal signal;
    asio::co_spawn(context, enter(queues, entered), asio::bind_cancellation_slot(signal.slot(), asio::detached));
    context.poll();
    signal.emit(asio::cancellation_type::terminal);
    context.restart();
    context.poll();
    asio::co_spawn(context, enter(queues, entered), asio::detached);  // there is room for one that waits again
    context.restart();
    context.poll();
    EXPECT_EQ(entered, 0);
    first.reset();
    context.restart();
    context.run();
    EXPECT_EQ(entered, 1);
}

}  // namespace
}  // namespace symbolon::triggers
