#include "chain_source.hpp"

#include "sdk/platform.hpp"
#include "symbolon/skill/verifier.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::skill::testing {
namespace {

constexpr const char* canonical = "https://chains.assistant.test/echo.api/chain.pem";

class ChainSourceTest : public ::testing::Test {
protected:
    std::vector<TrustProfile> trust{TrustProfile::amazon(), Platform().profile()};
    ChainSources sources{trust};
};

TEST_F(ChainSourceTest, is_one_for_all_ways_to_write_a_url_and_stays_the_same) {
    const ChainSource wanted{&trust[1], canonical};
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(sources.get(canonical), wanted);
        EXPECT_EQ(sources.get("HTTPS://Chains.Assistant.TEST:443/echo.api/../echo.api/./chain.pem"), wanted);
    }
    EXPECT_EQ(sources.get("https://s3.amazonaws.com/echo.api/chain.pem").profile, &trust[0]);
}

TEST_F(ChainSourceTest, what_was_refused_is_refused_again) {
    for (int i = 0; i < 2; ++i) {
        EXPECT_THROW(sources.get("https://evil.example/echo.api/chain.pem"), VerificationError);
        EXPECT_THROW(sources.get("no URL"), VerificationError);
    }
}

TEST_F(ChainSourceTest, is_found_however_many_ways_strangers_have_written_it) {
    for (int i = 0; i < 100; ++i) {
        std::string dots;
        for (int j = 0; j < i; ++j) dots += "./";
        EXPECT_EQ(sources.get("https://chains.assistant.test/echo.api/" + dots + "chain.pem").url, canonical);
        EXPECT_EQ(sources.get(canonical).url, canonical);
    }
}

}  // namespace
}  // namespace symbolon::skill::testing
