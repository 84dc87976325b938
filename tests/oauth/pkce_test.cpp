#include "oauth/pkce.hpp"

#include "oauth/house.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::oauth {
namespace {

constexpr const char* example_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";  // RFC 7636 Appendix B
constexpr const char* example_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

TEST(Pkce, the_example_of_the_standard_fits) {
    EXPECT_TRUE(fits_challenge(example_verifier, example_challenge));
}

TEST(Pkce, neither_fits_because_it_was_not_asked_for) {
    EXPECT_TRUE(fits_challenge("", ""));
}

// Attack class 9.
TEST(Pkce, cannot_be_taken_out_of_a_flow) {
    EXPECT_FALSE(fits_challenge("", example_challenge));
    EXPECT_FALSE(fits_challenge(example_verifier, ""));
}

TEST(Pkce, plain_is_not_spoken_unless_it_was_agreed) {
    EXPECT_FALSE(fits_challenge(example_verifier, example_verifier));
    EXPECT_FALSE(fits_challenge(example_challenge, example_challenge));
    EXPECT_TRUE(fits_challenge(example_verifier, example_verifier, ChallengeMethod::plain));
    EXPECT_FALSE(fits_challenge(example_verifier, example_challenge, ChallengeMethod::plain));
    EXPECT_FALSE(fits_challenge("", example_verifier, ChallengeMethod::plain));
}

TEST(Pkce, another_verifier_does_not_fit) {
    std::string other = example_verifier;
    other.back() = 'l';
    EXPECT_FALSE(fits_challenge(other, example_challenge));
}

TEST(Pkce, a_challenge_is_43_characters_of_base64url) {
    EXPECT_TRUE(is_code_challenge(example_challenge));
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

class PlainChallenge : public House {
protected:
    PlainChallenge() {
        extend_client(web, [](auto& extensions) { extensions.allow_plain_pkce = true; });
    }
    std::string error_of(const std::string& code, const std::string& code_verifier) {
        return text(json_of(post("/oauth2/token", code_form(code, {{"code_verifier", code_verifier}}))), "error");
    }
};

TEST_F(PlainChallenge, is_for_clients_that_are_allowed_it) {
    const Pairs plain{{"code_challenge", std::string(verifier)}, {"code_challenge_method", "plain"}};
    EXPECT_NE(get_code(plain), "");
    EXPECT_NE(get_code({{"code_challenge", std::string(verifier)}}), "") << "without a method it is plain (§4.3)";
    extend_client(web, [](auto& extensions) { extensions.allow_plain_pkce.reset(); });
    EXPECT_EQ(parameter_of(location(authorize(plain, {sign_in_browser()})), "error"), "invalid_request");
}

TEST_F(PlainChallenge, is_the_verifier_itself) {
    const Pairs plain{{"code_challenge", std::string(verifier)}, {"code_challenge_method", "plain"}};
    EXPECT_EQ(error_of(get_code(plain), std::string(verifier)), "");
    EXPECT_EQ(error_of(get_code(plain), std::string(challenge)), "invalid_grant");
    EXPECT_EQ(error_of(get_code(plain), ""), "invalid_grant");
}

// Attack class 9.
TEST_F(PlainChallenge, no_method_takes_the_place_of_the_other) {
    const Pairs hashed{{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}};
    EXPECT_EQ(error_of(get_code(hashed), std::string(challenge)), "invalid_grant");
    EXPECT_EQ(error_of(get_code(hashed), std::string(verifier)), "");
}

class RequiredPkce : public House {};

TEST_F(RequiredPkce, a_request_without_a_challenge_is_refused) {
    extend_client(web, [](auto& extensions) { extensions.require_pkce = true; });
    EXPECT_EQ(parameter_of(location(authorize({}, {sign_in_browser()})), "error"), "invalid_request");
    EXPECT_NE(get_code({{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}}), "");
}

}  // namespace
}  // namespace symbolon::oauth
