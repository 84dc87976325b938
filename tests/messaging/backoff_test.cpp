#include "messaging/backoff.hpp"

#include <gtest/gtest.h>

namespace symbolon::messaging {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, pauses_grow_from_five_seconds_to_an_hour) {
    EXPECT_EQ(pause_after(1), 5s);
    EXPECT_EQ(pause_after(2), 10s);
    EXPECT_EQ(pause_after(3), 20s);
    EXPECT_EQ(pause_after(10), 2560s);
    EXPECT_EQ(pause_after(11), 3600s);
    EXPECT_EQ(pause_after(1'000'000), 3600s);
}

TEST(Backoff, a_first_try_that_was_never_counted_still_pauses) {
    EXPECT_EQ(pause_after(0), 5s);
}

}  // namespace
}  // namespace symbolon::messaging
