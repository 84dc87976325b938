#include "oauth/tokens/verified_cache.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace symbolon::oauth {
namespace {

VerifiedCache::Entry entry(const std::string& name) {
    AccessToken token;
    token.username = name;
    return {std::make_shared<const AccessToken>(token), std::nullopt};
}

crypto::Digest digest(int number) {
    return crypto::sha256(std::to_string(number));
}

TEST(VerifiedCache, finds_what_was_added_and_nothing_else) {
    VerifiedCache cache;
    cache.add(digest(1), entry("a"));
    ASSERT_TRUE(cache.find(digest(1)).token);
    EXPECT_EQ(cache.find(digest(1)).token->username, "a");
    EXPECT_FALSE(cache.find(digest(2)).token);
}

TEST(VerifiedCache, is_bounded_and_keeps_what_is_asked_for) {
    VerifiedCache cache;
    cache.add(digest(0), entry("hot"));
    constexpr int many = 200'000;
    for (int i = 1; i < many; ++i) {
        cache.add(digest(i), entry("x"));
        if (i % 1000 == 0) {
            EXPECT_TRUE(cache.find(digest(0)).token) << i;
        }
    }
    int kept = 0;
    for (int i = 1; i < many; ++i) kept += cache.find(digest(i)).token ? 1 : 0;
    EXPECT_LE(kept, 2 * 16 * 1024);
}

TEST(VerifiedCache, may_be_used_from_several_threads) {
    VerifiedCache cache;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&cache] {
            for (int i = 0; i < 5000; ++i) {
                cache.add(digest(i), entry(std::to_string(i)));
                if (const auto found = cache.find(digest(i)); found.token) {
                    EXPECT_EQ(found.token->username, std::to_string(i));
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace symbolon::oauth
