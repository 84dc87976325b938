#include "crypto/hash.hpp"

#include "base/cpu_time.hpp"
#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::crypto {
namespace {

/// FIPS 180-4 examples.
TEST(Sha256, follows_the_published_vectors) {
    EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/// RFC 4231 §4.2, §4.3, §4.7.
TEST(HmacSha256, follows_the_published_vectors) {
    EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0x0b), bytes_of("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(to_hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xaa), bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, an_empty_key_is_not_the_key_of_the_call_before) {
    const Digest fresh = hmac_sha256({}, bytes_of("x"));
    hmac_sha256(bytes_of("another key"), bytes_of("x"));
    EXPECT_EQ(hmac_sha256({}, bytes_of("x")), fresh);
    EXPECT_EQ(to_hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(ConstantTime, says_whether_two_texts_are_equal) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
    EXPECT_FALSE(equal_in_constant_time("secret", "secreT"));
    EXPECT_FALSE(equal_in_constant_time("Secret", "secret"));
    EXPECT_FALSE(equal_in_constant_time("secret", "secret1"));
    EXPECT_FALSE(equal_in_constant_time("", "s"));
    EXPECT_FALSE(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

/// Attack class 12. The least of several rounds is compared, with a wide margin: memcmp differs here by a factor of
/// over a hundred.
TEST(ConstantTime, takes_no_longer_when_the_difference_comes_later) {
    const std::string secret(4 << 20, 'x');
    std::string early = secret, late = secret;
    early.front() = 'y';
    late.back() = 'y';
    const auto early_time = least_cpu_time(10, [&] { EXPECT_FALSE(equal_in_constant_time(secret, early)); });
    const auto late_time = least_cpu_time(10, [&] { EXPECT_FALSE(equal_in_constant_time(secret, late)); });
    EXPECT_LT(late_time, early_time * 3);
    EXPECT_LT(early_time, late_time * 3);
}

}  // namespace
}  // namespace symbolon::crypto
