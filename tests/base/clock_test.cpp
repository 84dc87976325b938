#include "base/clock.hpp"

#include <gtest/gtest.h>

namespace symbolon {
namespace {

TEST(Clock, writes_times_with_milliseconds_in_utc) {
    EXPECT_EQ(to_iso8601(from_ms(1767323045007)), "2026-01-02T03:04:05.007Z");
    EXPECT_EQ(to_iso8601(from_ms(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_iso8601(from_ms(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Clock, seconds_before_1970_round_down) {
    EXPECT_EQ(to_seconds(from_ms(-1)), -1);
}

TEST(ManualClock, moves_only_when_told) {
    ManualClock clock(from_ms(1000));
    EXPECT_EQ(clock.now(), from_ms(1000));
    clock.advance(std::chrono::seconds(2));
    EXPECT_EQ(clock.now(), from_ms(3000));
    clock.set(from_ms(5));
    EXPECT_EQ(clock.now(), from_ms(5));
}

}  // namespace
}  // namespace symbolon
