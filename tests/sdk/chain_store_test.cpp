#include "chain_store.hpp"

#include "sdk/platform.hpp"
#include "symbolon/skill/verifier.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <string>
#include <vector>

namespace symbolon::skill::testing {
namespace {

/// A server that answers when the test says so, and tells how many wait for it.
class ChainStoreTest : public ::testing::Test {
protected:
    Platform platform;
    TrustProfile profile = platform.profile();
    std::promise<void> released;
    std::shared_future<void> release = released.get_future().share();
    std::mutex mutex;
    std::vector<std::promise<void>> arrivals = std::vector<std::promise<void>>(8);
    std::size_t asked = 0;
    HttpResponse answer{200, {}, trusted_authority().chain_pem()};
    ChainStore store{[this](const FetchRequest&) {
        {
            const std::lock_guard lock(mutex);
            arrivals[asked++].set_value();
        }
        release.wait();
        return answer;
    }};

    std::future<bool> get(std::string name) {
        return std::async(std::launch::async,
                          [this, source = ChainSource{&profile, "https://chains.assistant.test/echo.api/" + name}] {
                              try {
                                  store.get(source, noon());
                                  return true;
                              } catch (const VerificationError&) {
                                  return false;
                              }
                          });
    }
};

TEST_F(ChainStoreTest, fetches_a_chain_once_for_all_who_wait_for_it) {
    auto first = get("chain.pem");
    arrivals[0].get_future().wait();
    std::vector<std::future<bool>> others;
    for (int i = 0; i < 10; ++i) others.push_back(get("chain.pem"));
    released.set_value();
    EXPECT_TRUE(first.get());
    for (auto& other : others) EXPECT_TRUE(other.get());
    EXPECT_EQ(asked, 1U);
}

TEST_F(ChainStoreTest, strangers_chains_do_not_hold_up_one_that_is_kept_nor_take_more_than_four_threads) {
    released.set_value();
    ASSERT_TRUE(get("chain.pem").get());

    std::promise<void> later;
    release = later.get_future().share();
    std::vector<std::future<bool>> strangers;
    for (std::size_t i = 1; i <= 4; ++i) {
        strangers.push_back(get("stranger" + std::to_string(i)));
        arrivals[i].get_future().wait();
    }
    EXPECT_FALSE(get("fifth").get()) << "refused at once, while four wait";
    EXPECT_TRUE(get("chain.pem").get());
    EXPECT_EQ(asked, 5U);
    later.set_value();
    for (auto& stranger : strangers) stranger.get();
    EXPECT_TRUE(get("fifth").get()) << "there is room again";
}

TEST_F(ChainStoreTest, all_who_wait_fail_when_the_fetch_fails_and_the_next_asks_again) {
    answer.status = 404;
    auto first = get("chain.pem");
    arrivals[0].get_future().wait();
    auto other = get("chain.pem");
    released.set_value();
    EXPECT_FALSE(first.get());
    EXPECT_FALSE(other.get());
    answer.status = 200;
    EXPECT_TRUE(get("chain.pem").get());
}

}  // namespace
}  // namespace symbolon::skill::testing
