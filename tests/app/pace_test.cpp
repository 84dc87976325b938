#include "app/pace.hpp"

#include <gtest/gtest.h>

namespace symbolon::app {
namespace {

using namespace std::chrono_literals;

TEST(Pace, rests_for_nine_tenths_of_the_time) {
    Pace pace;
    for (const auto took : {1ms, 7ms, 20ms, 400ms}) EXPECT_EQ(pace.after(took), 9 * took);
}

TEST(Pace, rests_after_a_step_that_took_no_time_by_the_clock) {
    Pace pace;
    EXPECT_EQ(pace.after(0ms), 9ms);
    EXPECT_EQ(pace.after(-5s), 9ms) << "the clock was set back";
}

TEST(Pace, does_not_rest_for_hours_when_the_clock_is_set_forward) {
    Pace pace;
    EXPECT_EQ(pace.after(std::chrono::hours(2)), 27s);
}

TEST(Pace, takes_more_while_steps_are_short_and_less_when_they_are_long) {
    Pace pace;
    const int first = pace.limit();
    pace.after(1ms);
    EXPECT_EQ(pace.limit(), 2 * first);
    pace.after(10ms);
    EXPECT_EQ(pace.limit(), 2 * first) << "that is what a step should take";
    pace.after(50ms);
    EXPECT_EQ(pace.limit(), first);
}

TEST(Pace, keeps_steps_within_bounds) {
    Pace pace;
    for (int i = 0; i < 100; ++i) pace.after(1ms);
    EXPECT_EQ(pace.limit(), 2000);
    for (int i = 0; i < 100; ++i) pace.after(1s);
    EXPECT_EQ(pace.limit(), 100);
}

}  // namespace
}  // namespace symbolon::app
