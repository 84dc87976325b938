#include "base/read_ahead.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <thread>

namespace symbolon {
namespace {

TEST(ReadAhead, hands_out_every_value_in_order_and_then_nothing) {
    int produced = 0;
    ReadAhead<int> values(
        [&]() -> std::optional<int> { return produced < 100 ? std::optional(produced++) : std::nullopt; }, 3);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(values.next(), i);
    EXPECT_FALSE(values.next());
    EXPECT_FALSE(values.next());
}

TEST(ReadAhead, works_on_a_thread_of_its_own) {
    ReadAhead<std::thread::id> values([]() -> std::optional<std::thread::id> { return std::this_thread::get_id(); }, 1);
    EXPECT_NE(values.next(), std::this_thread::get_id());
}

TEST(ReadAhead, is_no_further_ahead_than_it_was_told) {
    std::atomic<int> produced{0};
    ReadAhead<int> values([&]() -> std::optional<int> { return ++produced; }, 2);
    for (int i = 1; i <= 50; ++i) {
        EXPECT_EQ(values.next(), i);
        EXPECT_LE(produced, i + 3);  // two that wait, one under way
    }
}

TEST(ReadAhead, throws_what_the_producer_threw_after_the_values_before) {
    int produced = 0;
    ReadAhead<int> values(
        [&]() -> std::optional<int> {
            if (produced == 2) throw std::runtime_error("broken");
            return produced++;
        },
        10);
    EXPECT_EQ(values.next(), 0);
    EXPECT_EQ(values.next(), 1);
    EXPECT_THROW(values.next(), std::runtime_error);
}

TEST(ReadAhead, ends_though_nobody_took_the_values) {
    ReadAhead<int> values([]() -> std::optional<int> { return 1; }, 2);
}

}  // namespace
}  // namespace symbolon
