#include "db/postgres/turnstile.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace symbolon::db::postgres {
namespace {

using Pass = Turnstile::Pass;
using Turn = Turnstile::Turn;

constexpr std::chrono::hours for_ever{1};

TEST(Turnstile, lets_writes_run_beside_each_other) {
    Turnstile turnstile(for_ever);
    const Turn one(turnstile, Pass::beside_others);
    const Turn other(turnstile, Pass::beside_others);
}

TEST(Turnstile, lets_one_that_wants_to_be_alone_wait_for_those_that_run) {
    Turnstile turnstile(for_ever);
    std::atomic<bool> running = true;
    std::optional<Turn> first(std::in_place, turnstile, Pass::beside_others);
    std::thread alone([&] {
        const Turn turn(turnstile, Pass::alone);
        EXPECT_FALSE(running);
    });
    running = false;
    first.reset();
    alone.join();
}

TEST(Turnstile, has_nobody_wait_for_ever_for_a_write_that_hangs) {
    Turnstile turnstile(std::chrono::milliseconds(1));
    const Turn hangs(turnstile, Pass::beside_others);
    const Turn alone(turnstile, Pass::alone);
    const Turn beside(turnstile, Pass::beside_others);
}

TEST(Turnstile, keeps_those_alone_apart_from_all_others) {
    Turnstile turnstile(for_ever);
    std::atomic<int> alone = 0;
    std::atomic<int> beside = 0;
    std::atomic<int> met = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i) {
                if (t == 0) {
                    const Turn turn(turnstile, Pass::alone);
                    ++alone;
                    met += beside;
                    --alone;
                } else {
                    const Turn turn(turnstile, Pass::beside_others);
                    ++beside;
                    met += alone;
                    --beside;
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(met, 0);
}

}  // namespace
}  // namespace symbolon::db::postgres
