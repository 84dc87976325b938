#include "crypto/random.hpp"

#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>

namespace symbolon::crypto {
namespace {

TEST(Random, draws_evenly_from_an_alphabet_that_does_not_divide_256) {
    SeededRandom random(1);
    std::map<char, int> counts;
    for (const char c : random.text(100'000, "0123456789")) ++counts[c];
    ASSERT_EQ(counts.size(), 10u);
    // With a plain modulo, 0 to 5 would come up 10,156 times on average and 6 to 9 only 9,766 times.
    int low = 0;
    for (const auto& [digit, count] : counts) {
        if (digit <= '5') low += count;
        EXPECT_NEAR(count, 10'000, 500);
    }
    EXPECT_NEAR(low, 60'000, 600);
}

TEST(Random, an_alphabet_of_256_characters_is_used_whole) {
    std::string alphabet;
    for (int i = 0; i < 256; ++i) alphabet += static_cast<char>(i);
    SeededRandom random(2);
    const std::string text = random.text(20'000, alphabet);
    EXPECT_EQ(std::set<char>(text.begin(), text.end()).size(), 256u);
}

TEST(Random, makes_version_4_uuids) {
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string uuid = random.uuid();
        ASSERT_EQ(uuid.size(), 36u);
        EXPECT_EQ(uuid[14], '4');
        EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
        for (const std::size_t at : {8u, 13u, 18u, 23u}) EXPECT_EQ(uuid[at], '-');
        EXPECT_EQ(uuid.find_first_not_of("0123456789abcdef-"), std::string::npos);
        seen.insert(uuid);
    }
    EXPECT_EQ(seen.size(), 1000u);
}

TEST(Random, digits_keep_leading_zeros) {
    SeededRandom random(3);
    bool leading_zero = false;
    for (int i = 0; i < 200; ++i) {
        const std::string code = random.digits(6);
        EXPECT_EQ(code.size(), 6u);
        EXPECT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
        leading_zero = leading_zero || code.front() == '0';
    }
    EXPECT_TRUE(leading_zero);
}

TEST(Random, a_token_carries_the_asked_number_of_bytes) {
    SystemRandom random;
    EXPECT_EQ(parse_base64url(random.token())->size(), 32u);
    EXPECT_EQ(parse_base64url(random.token(16))->size(), 16u);
    EXPECT_NE(random.token(), random.token());
}

TEST(SeededRandom, repeats_itself_for_a_seed_and_only_for_it) {
    SeededRandom a(7), b(7), c(8);
    const Bytes first = a.bytes(100);
    EXPECT_EQ(first, b.bytes(100));
    EXPECT_NE(first, c.bytes(100));
    EXPECT_NE(first, a.bytes(100));
}

}  // namespace
}  // namespace symbolon::crypto
