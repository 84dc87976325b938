#include "net/rate_limit.hpp"

#include <gtest/gtest.h>

using namespace symbolon;
using namespace std::chrono_literals;
using symbolon::net::RateLimit;

TEST(RateLimit, allows_a_burst_and_then_the_rate) {
    RateLimit limit(2, 3);
    const auto now = from_ms(1'000'000);
    for (int taken = 0; taken < 3; ++taken) EXPECT_TRUE(limit.allow("a", now));
    EXPECT_FALSE(limit.allow("a", now));
    EXPECT_FALSE(limit.allow("a", now + 499ms));
    EXPECT_TRUE(limit.allow("a", now + 500ms));
    EXPECT_FALSE(limit.allow("a", now + 500ms));
}

TEST(RateLimit, saves_no_more_than_the_burst) {
    RateLimit limit(1, 2);
    const auto now = from_ms(1'000'000);
    EXPECT_TRUE(limit.allow("a", now));
    const auto later = now + 1h;
    EXPECT_TRUE(limit.allow("a", later));
    EXPECT_TRUE(limit.allow("a", later));
    EXPECT_FALSE(limit.allow("a", later));
}

TEST(RateLimit, keeps_keys_apart) {
    RateLimit limit(1, 1);
    const auto now = from_ms(0);
    EXPECT_TRUE(limit.allow("a", now));
    EXPECT_TRUE(limit.allow("b", now));
    EXPECT_FALSE(limit.allow("a", now));
}

TEST(RateLimit, survives_a_clock_that_is_set_back) {
    RateLimit limit(1, 1);
    EXPECT_TRUE(limit.allow("a", from_ms(10'000)));
    EXPECT_FALSE(limit.allow("a", from_ms(5'000)));
    EXPECT_TRUE(limit.allow("a", from_ms(6'000)));
}

TEST(RateLimit, forgets_the_key_seen_longest_ago) {
    RateLimit limit(0.001, 1, 2);
    const auto now = from_ms(0);
    EXPECT_TRUE(limit.allow("a", now));
    EXPECT_TRUE(limit.allow("b", now));
    EXPECT_FALSE(limit.allow("a", now));
    EXPECT_TRUE(limit.allow("c", now));
    EXPECT_EQ(limit.size(), 2U);
    EXPECT_FALSE(limit.allow("a", now)) << "seen after b, so it was kept";
    EXPECT_TRUE(limit.allow("b", now));
}
