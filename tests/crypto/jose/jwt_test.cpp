#include "crypto/jose/jwt.hpp"

#include "base/cpu_time.hpp"
#include "base/encoding.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <string>

namespace symbolon::crypto::jose {
namespace {

namespace json = boost::json;

const SigningKey& signing_key() {
    static const SigningKey made = SigningKey::generate();
    return made;
}

std::string part(std::string_view text) {
    return to_base64url(bytes_of(text));
}

/// A token with the given header and claims and some signature.
std::string token(std::string_view header, std::string_view claims = "{}") {
    return part(header) + "." + part(claims) + ".c2ln";
}

TEST(Jwt, a_signed_token_is_parsed_and_verified) {
    const std::string text = sign_jwt(signing_key(), {{"sub", "1"}, {"exp", 5}});
    const auto parsed = parse_jwt(text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->kid, signing_key().kid());
    EXPECT_EQ(parsed->alg, "RS256");
    EXPECT_EQ(parsed->claims, (json::object{{"sub", "1"}, {"exp", 5}}));
    EXPECT_EQ(parsed->signed_part, text.substr(0, text.rfind('.')));
    EXPECT_TRUE(signing_key().verify(bytes_of(parsed->signed_part), parsed->signature));
}

TEST(Jwt, the_header_is_the_one_that_cognito_has) {
    const std::string text = sign_jwt(signing_key(), {});
    const auto header = parse_base64url(text.substr(0, text.find('.')));
    EXPECT_EQ(to_string(*header), json::serialize(json::object{{"kid", signing_key().kid()}, {"alg", "RS256"}}));
}

TEST(Jwt, a_changed_claim_or_another_key_breaks_the_signature) {
    const std::string text = sign_jwt(signing_key(), {{"sub", "1"}});
    const std::size_t first = text.find('.'), second = text.rfind('.');
    const auto forged = parse_jwt(text.substr(0, first + 1) + part(R"({"sub":"2"})") + text.substr(second));
    ASSERT_TRUE(forged);
    EXPECT_FALSE(signing_key().verify(bytes_of(forged->signed_part), forged->signature));
    const auto genuine = parse_jwt(text);
    EXPECT_FALSE(SigningKey::generate().verify(bytes_of(genuine->signed_part), genuine->signature));
}

/// Attack class 11: the algorithm is not the token's to choose.
TEST(Jwt, no_other_algorithm_is_parsed) {
    ASSERT_TRUE(parse_jwt(token(R"({"alg":"RS256"})")));
    for (const char* header : {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"NONE"})", R"({"alg":""})",
                               R"({"alg":"HS256"})", R"({"alg":"rs256"})", R"({"alg":"RS256 "})", R"({"alg":"RS384"})",
                               R"({"alg":"ES256K"})", R"({"alg":"Ed25519"})", R"({"alg":null})", R"({"alg":["RS256"]})",
                               R"({"ALG":"RS256"})", "{}", R"({"alg":"RS256","alg":"none"})"}) {
        EXPECT_FALSE(parse_jwt(token(header))) << header;
    }
    EXPECT_FALSE(parse_jwt(part(R"({"alg":"RS256"})") + "." + part("{}") + "."));
}

/// Attack class 11: a public key is no key of HMAC, and a key is of one algorithm.
TEST(Jwt, a_key_proves_nothing_under_another_algorithm) {
    const auto resigned = [](std::string_view alg) {
        const std::string text = part(R"({"alg":")" + std::string(alg) + R"("})") + "." + part("{}");
        return *parse_jwt(text + "." + to_base64url(signing_key().sign(bytes_of(text))), {alg});
    };
    const auto public_half = VerifyingKey::from_jwk(signing_key().public_jwk());
    EXPECT_TRUE(verifies(signing_key(), resigned("RS256")));
    EXPECT_TRUE(verifies(public_half, resigned("RS256")));
    for (const char* other : {"PS256", "ES256", "EdDSA", "HS256", "none"}) {
        EXPECT_FALSE(verifies(signing_key(), resigned(other))) << other;
        EXPECT_FALSE(verifies(public_half, resigned(other))) << other;
    }
}

TEST(Jwt, only_named_algorithms_are_parsed) {
    EXPECT_TRUE(parse_jwt(token(R"({"alg":"HS256"})"), {"HS256"}));
    EXPECT_FALSE(parse_jwt(token(R"({"alg":"RS256"})"), {"HS256"}));
}

TEST(Jwt, says_what_it_is_where_it_is_told_to) {
    const auto parsed = parse_jwt(sign_jwt(signing_key(), {}, "logout+jwt"));
    EXPECT_EQ(parsed->typ, "logout+jwt");
    EXPECT_EQ(parsed->header.at("typ"), "logout+jwt");
}

TEST(Jwt, every_algorithm_signs_what_it_verifies) {
    for (const Algorithm algorithm : all_algorithms) {
        const auto made = SigningKey::generate(algorithm);
        const auto parsed = parse_jwt(sign_jwt(made, {{"sub", "1"}}));
        ASSERT_TRUE(parsed) << to_text(algorithm);
        EXPECT_EQ(parsed->alg, to_text(algorithm));
        EXPECT_TRUE(verifies(made, *parsed)) << to_text(algorithm);
        EXPECT_TRUE(verifies(VerifyingKey::from_jwk(made.public_jwk()), *parsed)) << to_text(algorithm);
        auto forged = *parsed;
        forged.signed_part += "A";
        EXPECT_FALSE(verifies(made, forged)) << to_text(algorithm);
    }
}

TEST(Jwt, critical_extensions_and_odd_headers_are_refused) {
    for (const char* header :
         {R"({"alg":"RS256","crit":["b64"],"b64":false})", R"({"alg":"RS256","crit":[]})", R"({"alg":"RS256","kid":5})",
          R"({"alg":"RS256","kid":null})", R"(["RS256"])", R"("RS256")", "null", "", "{", R"({"alg":"RS256"}x)",
          "{\"alg\":\"RS256\",\"x\":\"\xFF\"}"}) {
        EXPECT_FALSE(parse_jwt(token(header))) << header;
    }
    for (const char* claims : {"[]", "1", "", "null", "{}{}", "{\"a\":}"}) {
        EXPECT_FALSE(parse_jwt(token(R"({"alg":"RS256"})", claims))) << claims;
    }
}

TEST(Jwt, has_exactly_three_parts_in_strict_base64url) {
    const std::string header = part(R"({"alg":"RS256"})"), claims = part("{}");
    EXPECT_TRUE(parse_jwt(header + "." + claims + ".c2ln"));
    for (const std::string& text :
         {std::string(), std::string("."), std::string(".."), header, header + "." + claims, header + ".." + "c2ln",
          header + "." + claims + ".c2ln.", header + "." + claims + ".c2ln.x", "." + header + "." + claims + ".c2ln",
          header + "=." + claims + ".c2ln", header + "." + claims + "=.c2ln",
          header + "." + claims + ".c2ln=", header + "." + claims + ".c2l+", header + "." + claims + ".c",
          " " + header + "." + claims + ".c2ln", header + "." + claims + ".c2ln\n", header + "." + claims + ".Zh"}) {
        EXPECT_FALSE(parse_jwt(text)) << text;
    }
}

/// Attack class 13.
TEST(Jwt, hostile_sizes_and_depths_are_refused_quickly) {
    const auto time = least_cpu_time(1, [] {
        EXPECT_FALSE(parse_jwt(std::string(1'000'000, '.')));
        EXPECT_FALSE(parse_jwt(std::string(16 * 1024, '.')));
        EXPECT_FALSE(parse_jwt(std::string(1'000'000, 'A')));
    });
    EXPECT_LT(time, std::chrono::milliseconds(500));
    const auto nested = [](int depth) {
        std::string claims = "0";
        for (int i = 0; i < depth; ++i) claims = "{\"a\":" + claims + "}";
        return token(R"({"alg":"RS256"})", claims);
    };
    EXPECT_TRUE(parse_jwt(nested(8)));
    EXPECT_FALSE(parse_jwt(nested(9)));
    EXPECT_FALSE(parse_jwt(nested(1500)));
    const std::string long_claim = R"({"a":")" + std::string(13'000, 'x') + R"("})";
    EXPECT_FALSE(parse_jwt(token(R"({"alg":"RS256"})", long_claim)));
}

}  // namespace
}  // namespace symbolon::crypto::jose
