#include "db/postgres/availability.hpp"

#include <gtest/gtest.h>

namespace symbolon::db::postgres {
namespace {

using namespace std::chrono_literals;

using Attempt = Availability::Attempt;

const Availability::Time start{100s};

TEST(Availability, lets_everybody_connect_while_the_server_is_there) {
    Availability availability;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(availability.begin(start), Attempt::ordinary);
    for (int i = 0; i < 3; ++i) availability.end(Attempt::ordinary, true, start);
    EXPECT_EQ(availability.begin(start), Attempt::ordinary);
}

TEST(Availability, lets_one_at_a_time_try_while_the_server_is_down_with_a_pause_between) {
    Availability availability;
    availability.end(availability.begin(start).value(), false, start);
    EXPECT_FALSE(availability.begin(start + 199ms));
    EXPECT_EQ(availability.begin(start + 200ms), Attempt::probe);
    EXPECT_FALSE(availability.begin(start + 10s));  // the one that tries still waits
    availability.end(Attempt::probe, false, start + 10s);
    EXPECT_FALSE(availability.begin(start + 10s));
    EXPECT_EQ(availability.begin(start + 11s), Attempt::probe);
}

TEST(Availability, lets_everybody_connect_again_after_one_who_could) {
    Availability availability;
    availability.end(availability.begin(start).value(), false, start);
    availability.end(availability.begin(start + 1s).value(), true, start + 1s);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(availability.begin(start + 1s), Attempt::ordinary);
}

TEST(Availability, has_hope_while_somebody_connects_who_began_in_good_faith) {
    Availability availability;
    EXPECT_FALSE(availability.has_hope());
    const auto first = availability.begin(start).value();
    const auto second = availability.begin(start).value();
    availability.end(first, false, start);
    EXPECT_TRUE(availability.has_hope());
    availability.end(second, false, start);
    EXPECT_FALSE(availability.has_hope());
    EXPECT_EQ(availability.begin(start + 1s), Attempt::probe);
    EXPECT_FALSE(availability.has_hope());
}

}  // namespace
}  // namespace symbolon::db::postgres
