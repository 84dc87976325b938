#include "federation/oidc/id_token.hpp"

#include "crypto/test_keys.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>

namespace symbolon::federation::oidc {
namespace {

namespace json = boost::json;
namespace jose = crypto::jose;

const Instant now = from_ms(1'800'000'000'000);
const Expected expected{"https://accounts.google.com", "me", "n"};

json::object good() {
    return {{"iss", "https://accounts.google.com"},
            {"aud", "me"},
            {"exp", 1'800'000'100},
            {"iat", 1'799'999'990},
            {"nonce", "n"},
            {"sub", "s"}};
}

TEST(IdToken, holds_when_everything_fits) {
    EXPECT_FALSE(find_fault(good(), expected, now));
    auto claims = good();
    claims["aud"] = json::array{"me"};
    EXPECT_FALSE(find_fault(claims, expected, now));
    claims["aud"] = json::array{"me", "other"};
    claims["azp"] = "me";
    EXPECT_FALSE(find_fault(claims, expected, now));
    claims["exp"] = 1'800'000'000 - 59;  // within the tolerance
    EXPECT_FALSE(find_fault(claims, expected, now));
}

TEST(IdToken, google_names_itself_in_two_ways_and_nobody_else_does) {
    auto claims = good();
    claims["iss"] = "accounts.google.com";
    EXPECT_FALSE(find_fault(claims, expected, now));
    claims["iss"] = "idp.example";
    EXPECT_TRUE(find_fault(claims, {"https://idp.example", "me", "n"}, now));
}

TEST(IdToken, every_claim_has_to_be_there) {
    for (const auto* claim : {"iss", "aud", "exp", "iat", "nonce", "sub"}) {
        auto claims = good();
        claims.erase(claim);
        EXPECT_TRUE(find_fault(claims, expected, now)) << claim;
    }
}

TEST(IdToken, is_signed_by_the_key_that_it_names) {
    const auto token = jose::parse_jwt(jose::sign_jwt(test_key(0), good()));
    ASSERT_TRUE(token);
    const json::object both{{"keys", json::array{test_key(1).public_jwk(), test_key(0).public_jwk()}}};
    EXPECT_EQ(is_signed_by(*token, both), true);
    EXPECT_EQ(is_signed_by(*token, {{"keys", json::array{test_key(1).public_jwk()}}}), std::nullopt);
    EXPECT_EQ(is_signed_by(*token, {}), std::nullopt);
    auto stranger = test_key(1).public_jwk();
    stranger["kid"] = test_key(0).kid();
    EXPECT_EQ(is_signed_by(*token, {{"keys", json::array{stranger}}}), false);
}

TEST(IdToken, without_kid_the_only_key_is_meant) {
    auto token = jose::parse_jwt(jose::sign_jwt(test_key(0), good()));
    token->kid.clear();
    EXPECT_EQ(is_signed_by(*token, {{"keys", json::array{test_key(0).public_jwk()}}}), true);
    EXPECT_EQ(is_signed_by(*token, {{"keys", json::array{test_key(0).public_jwk(), test_key(1).public_jwk()}}}), false);
}

TEST(IdToken, a_key_for_encryption_proves_nothing) {
    const auto token = jose::parse_jwt(jose::sign_jwt(test_key(0), good()));
    auto key = test_key(0).public_jwk();
    key["use"] = "enc";
    EXPECT_EQ(is_signed_by(*token, {{"keys", json::array{key}}}), std::nullopt);
}

}  // namespace
}  // namespace symbolon::federation::oidc
