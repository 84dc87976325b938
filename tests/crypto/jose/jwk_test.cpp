#include "crypto/jose/jwk.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <thread>
#include <vector>

namespace symbolon::crypto::jose {
namespace {

namespace json = boost::json;

const SigningKey& key() {
    static const SigningKey made = SigningKey::generate();
    return made;
}

/// RFC 7638 §3.1.
json::object rfc7638_key() {
    return {
        {"kty", "RSA"},
        {"n",
         "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4"
         "n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0"
         "zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-c"
         "sFCur-kEgU8awapJzKnqDKgw"},
        {"e", "AQAB"},
        {"alg", "RS256"},
        {"kid", "2011-04-29"}};
}

TEST(SigningKey, signs_what_its_public_half_verifies) {
    const Bytes signature = key().sign(bytes_of("data"));
    EXPECT_EQ(signature.size(), 256u);
    EXPECT_TRUE(key().verify(bytes_of("data"), signature));
    const VerifyingKey half = VerifyingKey::from_jwk(key().public_jwk());
    EXPECT_TRUE(half.verify(bytes_of("data"), signature));
    EXPECT_EQ(half.kid(), key().kid());
    EXPECT_FALSE(half.verify(bytes_of("Data"), signature));
    EXPECT_FALSE(half.verify(bytes_of("data"), {}));
    EXPECT_FALSE(SigningKey::generate().verify(bytes_of("data"), signature));
}

TEST(SigningKey, its_kid_is_the_thumbprint_in_standard_base64) {
    EXPECT_EQ(key().kid().size(), 44u);
    EXPECT_EQ(parse_base64(key().kid())->size(), 32u);
    EXPECT_EQ(SigningKey::from_der(key().to_der()).kid(), key().kid());
    EXPECT_NE(SigningKey::generate().kid(), key().kid());
}

TEST(SigningKey, the_thumbprint_hashes_the_required_members_in_order) {
    const json::object jwk = key().public_jwk();
    const std::string canonical = json::serialize(json::object{{"e", jwk.at("e")}, {"kty", "RSA"}, {"n", jwk.at("n")}});
    EXPECT_EQ(key().kid(), to_base64(sha256(canonical)));
}

/// Attack class 39.
TEST(SigningKey, the_published_key_has_no_private_member) {
    std::vector<std::string> names;
    for (const auto& member : key().public_jwk()) names.emplace_back(member.key());
    EXPECT_EQ(names, (std::vector<std::string>{"kid", "kty", "alg", "use", "n", "e"}));
}

TEST(SigningKey, may_sign_on_several_threads) {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([] {
            for (int i = 0; i < 20; ++i) EXPECT_TRUE(key().verify(bytes_of("x"), key().sign(bytes_of("x"))));
        });
    }
}

TEST(SigningKey, refuses_der_that_is_not_one_rsa_key) {
    Bytes der = key().to_der();
    EXPECT_NO_THROW(SigningKey::from_der(der));
    Bytes longer = der;
    longer.push_back(0);
    const Bytes cut(der.begin(), der.end() - 1);
    for (const Bytes& wrong : {Bytes(), longer, cut, Bytes(100, 0x30)}) {
        EXPECT_THROW(SigningKey::from_der(wrong), Error);
    }
}

TEST(VerifyingKey, takes_a_published_key) {
    EXPECT_EQ(VerifyingKey::from_jwk(rfc7638_key()).kid(), "2011-04-29");
    json::object nameless = rfc7638_key();
    nameless.erase("kid");
    EXPECT_EQ(VerifyingKey::from_jwk(nameless).kid(), "");
}

TEST(SigningKey, of_every_algorithm_comes_back_from_its_der) {
    for (const Algorithm algorithm : {Algorithm::ps256, Algorithm::es256, Algorithm::eddsa}) {
        const auto made = SigningKey::generate(algorithm);
        const auto back = SigningKey::from_der(made.to_der(), algorithm);
        EXPECT_EQ(back.kid(), made.kid());
        EXPECT_EQ(back.algorithm(), algorithm);
        EXPECT_TRUE(back.verify(bytes_of("x"), made.sign(bytes_of("x"))));
        EXPECT_EQ(thumbprint_of(made.public_jwk()), made.kid());
        for (const auto& member : made.public_jwk()) EXPECT_NE(member.key(), "d");
    }
    EXPECT_THROW(SigningKey::from_der(key().to_der(), Algorithm::es256), Error);
    EXPECT_THROW(SigningKey::from_der(SigningKey::generate(Algorithm::eddsa).to_der(), Algorithm::es256), Error);
    EXPECT_THROW(SigningKey::from_der(SigningKey::generate(Algorithm::es256).to_der(), Algorithm::rs256), Error);
}

// RFC 7515 §A.3: a signature of ES256 that we did not make.
TEST(VerifyingKey, verifies_the_example_of_es256) {
    const auto half = VerifyingKey::from_jwk({{"kty", "EC"},
                                              {"crv", "P-256"},
                                              {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
                                              {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}});
    const std::string_view data =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
        "cnVlfQ";
    auto signature =
        *parse_base64url("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    EXPECT_EQ(half.algorithm(), Algorithm::es256);
    EXPECT_TRUE(half.verify(bytes_of(data), signature));
    signature.back() ^= 1U;
    EXPECT_FALSE(half.verify(bytes_of(data), signature));
    EXPECT_FALSE(half.verify(bytes_of(data), Bytes(64, 0)));
    EXPECT_FALSE(half.verify(bytes_of(data), Bytes(63, 1)));
}

// RFC 8037 §A.4.
TEST(VerifyingKey, verifies_the_example_of_eddsa) {
    const auto half = VerifyingKey::from_jwk(
        {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}});
    const auto signature =
        *parse_base64url("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    EXPECT_TRUE(half.verify(bytes_of("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"), signature));
    EXPECT_FALSE(half.verify(bytes_of("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmd"), signature));
}

TEST(VerifyingKey, of_a_partner_without_an_algorithm_is_for_those_of_its_type) {
    auto jwk = SigningKey::generate(Algorithm::ps256).public_jwk();
    EXPECT_THROW(VerifyingKey::from_jwk(jwk, Algorithm::rs256), Error) << "it says PS256";
    jwk.erase("alg");
    EXPECT_EQ(VerifyingKey::from_jwk(jwk).algorithm(), Algorithm::rs256);
    EXPECT_EQ(VerifyingKey::from_jwk(jwk, Algorithm::ps256).algorithm(), Algorithm::ps256);
    EXPECT_THROW(VerifyingKey::from_jwk(jwk, Algorithm::es256), Error);
}

TEST(VerifyingKey, refuses_points_that_are_no_keys) {
    const auto jwk = SigningKey::generate(Algorithm::es256).public_jwk();
    const auto refused = [&](std::string_view member, const json::value& value) {
        auto changed = jwk;
        changed[member] = value;
        EXPECT_THROW(VerifyingKey::from_jwk(changed), Error) << member << ' ' << json::serialize(value);
    };
    refused("crv", "P-384");
    refused("crv", nullptr);
    refused("x", json::string(to_base64url(Bytes(32, 1))));  // not on the curve
    refused("x", json::string(to_base64url(Bytes(32, 0))));
    refused("x", json::string(to_base64url(Bytes(31, 1))));
    refused("y", 5);
    refused("alg", "EdDSA");
    refused("kty", "OKP");
    EXPECT_THROW(VerifyingKey::from_jwk({{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", to_base64url(Bytes(31, 1))}}),
                 Error);
    EXPECT_THROW(VerifyingKey::from_jwk({{"kty", "OKP"}, {"crv", "X25519"}, {"x", to_base64url(Bytes(32, 9))}}), Error);
}

TEST(VerifyingKey, refuses_keys_that_are_not_for_rs256) {
    const auto refused = [](std::string_view member, const json::value& value) {
        json::object jwk = rfc7638_key();
        jwk[member] = value;
        EXPECT_THROW(VerifyingKey::from_jwk(jwk), Error) << member << ' ' << json::serialize(value);
    };
    refused("kty", "oct");
    refused("kty", "rsa");
    refused("kty", nullptr);
    refused("alg", "HS256");
    refused("alg", "ES256");
    refused("alg", 5);
    refused("use", "enc");
    refused("kid", 5);
    refused("n", "");
    refused("n", "AQAB");
    refused("n", json::string(std::string(rfc7638_key().at("n").as_string()) + "="));
    refused("n", json::string(8000, 'A'));
    refused("e", "");
    refused("e", "AQ");                    // 1: every number is its own signature
    refused("e", "BA");                    // 4
    refused("e", json::string(400, 'B'));  // as long as the modulus: a verification as slow as a signature
    EXPECT_THROW(VerifyingKey::from_jwk({}), Error);
}

}  // namespace
}  // namespace symbolon::crypto::jose
