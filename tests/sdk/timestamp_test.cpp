#include "timestamp.hpp"

#include <gtest/gtest.h>

namespace symbolon::skill {
namespace {

using namespace std::chrono;
constexpr Time expected = sys_days{year{2026} / 11 / 22} + 16h + 3min;

TEST(Timestamp, reads_what_the_platform_sends) {
    EXPECT_EQ(parse_timestamp("2026-11-22T16:03:00Z"), expected);
    EXPECT_EQ(parse_timestamp("2026-11-22T16:03:00.25Z"), expected + 250ms);
    EXPECT_EQ(parse_timestamp("2026-11-22T16:03:00.123456Z"), expected + 123ms);
    EXPECT_EQ(parse_timestamp("2026-11-22T18:03:00+02:00"), expected);
    EXPECT_EQ(parse_timestamp("2026-11-22T11:33:00-04:30"), expected);
}

TEST(Timestamp, refuses_all_else) {
    for (const auto* text :
         {"", "2026-11-22", "2026-11-22T16:03:00", "2026-11-22 16:03:00Z", "2026-11-22T16:03Z", "2026-13-22T16:03:00Z",
          "2026-02-30T16:03:00Z", "2026-11-22T24:03:00Z", "2026-11-22T16:60:00Z", "2026-11-22T16:03:61Z",
          "2026-11-22T16:03:00.Z", "2026-11-22T16:03:00Zx", "2026-11-22T16:03:00+0200", " 2026-11-22T16:03:00Z",
          "+026-11-22T16:03:00Z", "1795363380", "2026-11-22T16:03:00.1234567890Z"}) {
        EXPECT_FALSE(parse_timestamp(text)) << text;
    }
}

}  // namespace
}  // namespace symbolon::skill
