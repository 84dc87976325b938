#include "oauth/pkce.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::oauth {
namespace {

constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";  // RFC 7636 Appendix B
constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

TEST(Pkce, the_example_of_the_standard_fits) {
    EXPECT_TRUE(fits_challenge(verifier, challenge));
}

TEST(Pkce, neither_fits_because_it_was_not_asked_for) {
    EXPECT_TRUE(fits_challenge("", ""));
}

// Attack class 9.
TEST(Pkce, cannot_be_taken_out_of_a_flow) {
    EXPECT_FALSE(fits_challenge("", challenge));
    EXPECT_FALSE(fits_challenge(verifier, ""));
}

TEST(Pkce, plain_is_not_spoken) {
    EXPECT_FALSE(fits_challenge(verifier, verifier));
    EXPECT_FALSE(fits_challenge(challenge, challenge));
}

TEST(Pkce, another_verifier_does_not_fit) {
    std::string other = verifier;
    other.back() = 'l';
    EXPECT_FALSE(fits_challenge(other, challenge));
}

TEST(Pkce, a_challenge_is_43_characters_of_base64url) {
    EXPECT_TRUE(is_code_challenge(challenge));
    EXPECT_FALSE(is_code_challenge(std::string(42, 'a')));
    EXPECT_FALSE(is_code_challenge(std::string(44, 'a')));
    EXPECT_FALSE(is_code_challenge(std::string(42, 'a') + "="));
    EXPECT_FALSE(is_code_challenge(std::string(42, 'a') + "+"));
}

TEST(Pkce, a_verifier_is_43_to_128_unreserved_characters) {
    EXPECT_FALSE(is_code_verifier(std::string(42, 'a')));
    EXPECT_TRUE(is_code_verifier(std::string(41, 'a') + ".~"));
    EXPECT_TRUE(is_code_verifier(std::string(128, 'a')));
    EXPECT_FALSE(is_code_verifier(std::string(129, 'a')));
    EXPECT_FALSE(is_code_verifier(std::string(43, 'a') + " "));
}

}  // namespace
}  // namespace symbolon::oauth
