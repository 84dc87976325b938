#include "crypto/totp.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace symbolon::crypto {
namespace {

using namespace std::chrono_literals;

Instant at(std::int64_t seconds) {
    return from_ms(seconds * 1000);
}

Bytes secret_of(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

/// RFC 4648 §10, without the padding.
TEST(Base32, follows_the_published_vectors) {
    const std::vector<std::pair<std::string_view, std::string_view>> vectors{{"", ""},
                                                                             {"f", "MY"},
                                                                             {"fo", "MZXQ"},
                                                                             {"foo", "MZXW6"},
                                                                             {"foob", "MZXW6YQ"},
                                                                             {"fooba", "MZXW6YTB"},
                                                                             {"foobar", "MZXW6YTBOI"}};
    for (const auto& [plain, encoded] : vectors) EXPECT_EQ(to_base32(secret_of(plain)), encoded);
    EXPECT_EQ(to_base32(Bytes(totp::secret_size, 0xFF)).size(), 52U);
}

/// RFC 6238 Appendix B, SHA-1, 8 digits.
TEST(Totp, follows_the_published_vectors) {
    const Bytes secret = secret_of("12345678901234567890");
    const std::vector<std::pair<std::int64_t, std::string_view>> vectors{
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [seconds, code] : vectors) {
        EXPECT_EQ(totp::make_code(secret, totp::step_of(at(seconds)), 8), code) << seconds;
        EXPECT_EQ(totp::make_code(secret, totp::step_of(at(seconds))), code.substr(2)) << seconds;
    }
}

TEST(Totp, a_step_lasts_thirty_seconds) {
    EXPECT_EQ(totp::step_of(at(0)), 0);
    EXPECT_EQ(totp::step_of(at(30) - 1ms), 0);
    EXPECT_EQ(totp::step_of(at(30)), 1);
    EXPECT_EQ(totp::step_of(at(59)), 1);
}

// Attack row 20: the window is exact.
TEST(Totp, takes_the_present_code_and_its_neighbours_and_no_other) {
    const Bytes secret = secret_of("12345678901234567890");
    const Instant now = at(1111111111);
    const std::int64_t present = totp::step_of(now);
    for (std::int64_t off = -5; off <= 5; ++off) {
        const auto found = totp::find_step(secret, totp::make_code(secret, present + off), now);
        if (off >= -1 && off <= 1)
            EXPECT_EQ(found, present + off);
        else
            EXPECT_EQ(found, std::nullopt) << off;
    }
}

TEST(Totp, takes_nothing_that_is_no_code) {
    const Bytes secret = secret_of("12345678901234567890");
    const Instant now = at(59);
    const std::string code = totp::make_code(secret, 1);
    EXPECT_EQ(totp::find_step(secret, code, now), 1);
    for (const std::string& other : {std::string(), code.substr(1), "0" + code, code + " ", std::string("28708a")})
        EXPECT_EQ(totp::find_step(secret, other, now), std::nullopt) << other;
    EXPECT_EQ(totp::find_step(secret_of("12345678901234567891"), code, now), std::nullopt);
}

TEST(Totp, has_no_step_before_the_first) {
    const Bytes secret = secret_of("12345678901234567890");
    EXPECT_EQ(totp::find_step(secret, totp::make_code(secret, -1), at(0)), std::nullopt);
}

}  // namespace
}  // namespace symbolon::crypto
