#include "replay_guard.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::skill {
namespace {

using namespace std::chrono_literals;
constexpr Time start{1000s};

TEST(ReplayGuard, an_id_is_fresh_once_until_its_end) {
    ReplayGuard guard(10);
    EXPECT_EQ(guard.remember("a", start + 10s, start), Novelty::fresh);
    EXPECT_EQ(guard.remember("a", start + 10s, start), Novelty::seen);
    EXPECT_EQ(guard.remember("b", start + 10s, start), Novelty::fresh);
    EXPECT_EQ(guard.remember("a", start + 10s, start + 10s), Novelty::seen);
    EXPECT_EQ(guard.remember("a", start + 20s, start + 10s + 1ms), Novelty::fresh);
}

TEST(ReplayGuard, cannot_tell_when_it_is_full_of_ids_that_matter) {
    ReplayGuard guard(2);
    guard.remember("a", start + 10s, start);
    guard.remember("b", start + 20s, start);
    EXPECT_EQ(guard.remember("c", start + 10s, start), Novelty::cannot_tell);
    EXPECT_EQ(guard.remember("a", start + 10s, start), Novelty::seen);
    EXPECT_EQ(guard.remember("c", start + 30s, start + 11s), Novelty::fresh);
}

TEST(ReplayGuard, forgets_what_it_is_told_to) {
    ReplayGuard guard(1);
    guard.remember("a", start + 10s, start);
    guard.forget("unknown");
    guard.forget("a");
    EXPECT_EQ(guard.remember("a", start + 10s, start), Novelty::fresh);
    EXPECT_EQ(guard.remember("a", start + 10s, start), Novelty::seen);
}

}  // namespace
}  // namespace symbolon::skill
