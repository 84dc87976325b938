#include "voice/linking/turns.hpp"

#include <gtest/gtest.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace symbolon::voice {
namespace {

namespace asio = boost::asio;

class TurnsTest : public testing::Test {
protected:
    /// Takes a turn, and keeps it until it is dropped from `held`.
    Task<void> take(std::string key, int number) {
        auto turn = co_await turns.take(std::move(key));
        order.push_back(number);
        held.emplace_back(std::make_unique<Turns::Turn>(std::move(turn)));
    }
    void begin(const std::string& key, int number) {
        asio::co_spawn(loop, take(key, number), [this](std::exception_ptr failure) { failures += failure ? 1 : 0; });
    }
    /// The first has its turn, the second may give up, the third waits behind it.
    void queue_three() {
        begin("key", 1);
        settle();
        auto note_failure = [this](std::exception_ptr failure) { failures += failure ? 1 : 0; };
        asio::co_spawn(loop, take("key", 2), asio::bind_cancellation_slot(give_up.slot(), note_failure));
        begin("key", 3);
        settle();
    }
    /// Everything that can happen now.
    void settle() {
        loop.restart();
        loop.poll();
    }

    Turns turns;
    std::vector<int> order;
    std::vector<std::unique_ptr<Turns::Turn>> held;
    int failures = 0;
    asio::cancellation_signal give_up;  // outlives what runs on the loop
    asio::io_context loop;
};

TEST_F(TurnsTest, come_one_at_a_time_and_in_order) {
    for (const int number : {1, 2, 3}) begin("key", number);
    settle();
    EXPECT_EQ(order, (std::vector<int>{1}));
    held.clear();
    settle();
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
    held.clear();
    settle();
    EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
    held.clear();
    begin("key", 4);
    settle();
    EXPECT_EQ(order.back(), 4) << "a key that nobody works on is free";
}

TEST_F(TurnsTest, of_different_keys_do_not_wait_for_each_other) {
    begin("one", 1);
    begin("another", 2);
    settle();
    EXPECT_EQ(order.size(), 2U);
}

TEST_F(TurnsTest, are_passed_over_those_who_gave_up) {
    queue_three();
    give_up.emit(asio::cancellation_type::terminal);
    settle();
    EXPECT_EQ(failures, 1);
    held.clear();
    settle();
    EXPECT_EQ(order, (std::vector<int>{1, 3}));
}

TEST_F(TurnsTest, are_passed_on_when_the_one_whose_turn_it_is_gave_up_at_that_moment) {
    queue_three();
    give_up.emit(asio::cancellation_type::terminal);
    held.clear();  // before the one who gave up has noticed
    settle();
    held.clear();
    settle();
    EXPECT_EQ(order.back(), 3);
}

TEST_F(TurnsTest, survive_a_loop_that_ends_under_those_who_wait) {
    begin("key", 1);
    settle();
    {
        asio::io_context other;
        asio::co_spawn(other, take("key", 2), asio::detached);
        other.poll();
    }
    begin("key", 3);
    held.clear();
    settle();
    EXPECT_EQ(order, (std::vector<int>{1, 3}));
}

TEST_F(TurnsTest, go_from_thread_to_thread) {
    int together = 0, most = 0, done = 0;
    const auto work = [&]() -> Task<void> {
        for (int i = 0; i < 200; ++i) {
            const auto turn = co_await turns.take("key");
            most = std::max(most, ++together);
            const auto executor = co_await asio::this_coro::executor;
            co_await asio::post(executor, asio::use_awaitable);
            --together;
            ++done;
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            asio::io_context own;
            for (int j = 0; j < 3; ++j) asio::co_spawn(own, work(), asio::detached);
            own.run();
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(most, 1);
    EXPECT_EQ(done, 4 * 3 * 200);
}

}  // namespace
}  // namespace symbolon::voice
