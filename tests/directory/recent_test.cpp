#include "directory/recent.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace symbolon::directory {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{1000ms};

std::shared_ptr<const int> make(int value) {
    return std::make_shared<const int>(value);
}

void keep(Recent<std::string, int>& recent, const std::string& key, int value, Instant now = start) {
    recent.keep(key, make(value), now, recent.generation());
}

TEST(Recent, holds_a_value_for_its_life_and_no_longer) {
    Recent<std::string, int> recent(2, 1000ms);
    keep(recent, "a", 1);
    ASSERT_TRUE(recent.find("a", start + 999ms));
    EXPECT_EQ(*recent.find("a", start + 999ms), 1);
    EXPECT_FALSE(recent.find("a", start + 1000ms));
    EXPECT_EQ(recent.size(), 0u);
}

TEST(Recent, trusts_no_value_from_the_future) {
    Recent<std::string, int> recent(2, 1000ms);
    keep(recent, "a", 1);
    EXPECT_FALSE(recent.find("a", start - 1ms));
}

TEST(Recent, drops_the_longest_unused_value_when_it_is_full) {
    Recent<std::string, int> recent(2, 1000ms);
    keep(recent, "a", 1);
    keep(recent, "b", 2);
    recent.find("a", start);
    keep(recent, "c", 3);
    EXPECT_TRUE(recent.find("a", start));
    EXPECT_FALSE(recent.find("b", start));
    EXPECT_TRUE(recent.find("c", start));
    EXPECT_EQ(recent.size(), 2u);
}

TEST(Recent, replaces_a_value_of_the_same_key) {
    Recent<std::string, int> recent(2, 1000ms);
    keep(recent, "a", 1);
    keep(recent, "a", 2);
    EXPECT_EQ(*recent.find("a", start), 2);
    EXPECT_EQ(recent.size(), 1u);
}

TEST(Recent, forgets_what_is_asked_and_keeps_the_rest) {
    Recent<std::string, int> recent(2, 1000ms);
    keep(recent, "a", 1);
    keep(recent, "b", 2);
    recent.forget_if([](const std::string& key, int) { return key == "a"; });
    EXPECT_FALSE(recent.find("a", start));
    EXPECT_TRUE(recent.find("b", start));
}

// A reader that began before a change must not put the old value back after it.
TEST(Recent, does_not_keep_what_was_read_before_something_was_forgotten) {
    Recent<std::string, int> recent(2, 1000ms);
    const auto generation = recent.generation();
    recent.forget_if([](const std::string&, int) { return true; });
    recent.keep("a", make(1), start, generation);
    EXPECT_FALSE(recent.find("a", start));
}

TEST(Recent, may_be_used_by_many_threads) {
    Recent<int, int> recent(16, 1000ms);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&recent, t] {
            for (int i = 0; i < 5000; ++i) {
                const int key = (i * 7 + t) % 40;
                if (const auto held = recent.find(key, start)) {
                    EXPECT_EQ(*held, key);
                }
                recent.keep(key, make(key), start, recent.generation());
                if (i % 100 == 0) recent.forget_if([&](int other, int) { return other == key; });
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_LE(recent.size(), 16u);
}

}  // namespace
}  // namespace symbolon::directory
