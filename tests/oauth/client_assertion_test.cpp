// Clients that prove themselves by a JWT (RFC 7523 §2.2, §3), at the token endpoint.

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;
using directory::ClientAuthMethod;

constexpr const char* jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

class ClientAssertionTest : public House {
protected:
    ClientAssertionTest() {
        extend_client(robot, [](auto& e) {
            e.token_endpoint_auth_method = ClientAuthMethod::private_key_jwt;
            e.jwks = object{{"keys", array{test_key(2).public_jwk()}}};
        });
    }
    object claims() const {
        const auto now = to_seconds(clock.now());
        return {{"iss", robot.str()}, {"sub", robot.str()}, {"aud", pool_url},
                {"jti", "first"},     {"iat", now},         {"exp", now + 60}};
    }
    static std::string sign(const object& claims) { return crypto::jose::sign_jwt(test_key(2), claims); }
    net::Response send_assertion(const std::string& assertion, Pairs more = {}) {
        Pairs form{{"grant_type", "client_credentials"},
                   {"client_assertion_type", jwt_bearer},
                   {"client_assertion", assertion}};
        for (auto& field : more) form.push_back(std::move(field));
        return post("/oauth2/token", form);
    }
    std::string error_of(const object& said) { return text(json_of(send_assertion(sign(said))), "error"); }
    std::string hs256(const object& said, std::string_view key) {
        auto part =
            to_base64url(bytes_of(R"({"alg":"HS256"})")) + "." + to_base64url(bytes_of(boost::json::serialize(said)));
        const auto mac = crypto::hmac_sha256(bytes_of(key), bytes_of(part));
        return part + "." + to_base64url(mac);
    }
};

TEST_F(ClientAssertionTest, RFC7523_3_takes_a_jwt_of_the_clients_key) {
    const auto answer = send_assertion(sign(claims()));
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto named = claims();
    named["jti"] = "second";
    EXPECT_EQ(send_assertion(sign(named), {{"client_id", robot.str()}}).status, 200);
}

// Attack class 10.
TEST_F(ClientAssertionTest, RFC7523_3_7_an_assertion_is_used_up) {
    const auto assertion = sign(claims());
    ASSERT_EQ(send_assertion(assertion).status, 200);
    EXPECT_EQ(text(json_of(send_assertion(assertion)), "error"), "invalid_client");
    // The same id signed anew is the same proof.
    auto again = claims();
    again["iat"] = to_seconds(clock.now()) - 1;
    EXPECT_EQ(error_of(again), "invalid_client");
}

TEST_F(ClientAssertionTest, RFC7523_3_refuses_every_claim_that_is_not_right) {
    const auto now = to_seconds(clock.now());
    const std::vector<WrongClaim> wrong{
        {"iss", "somebody"},
        {"sub", "somebody"},
        {"iss", nullptr},
        {"aud", "https://elsewhere.example"},
        {"aud", std::string(pool_url) + "x"},
        {"aud", array{pool_url, "https://elsewhere.example"}},
        {"aud", array{}},
        {"aud", nullptr},
        {"exp", now},
        {"exp", now + 3601},
        {"exp", "soon"},
        {"exp", nullptr},
        {"iat", now + 120},
        {"nbf", now + 120},
        {"jti", ""},
        {"jti", nullptr},
        {"jti", 7},
    };
    for (const auto& [name, value] : wrong) {
        auto said = claims();
        said[name] = value;
        if (value.is_null()) said.erase(name);
        EXPECT_EQ(error_of(said), "invalid_client") << name << boost::json::serialize(value);
    }
    EXPECT_EQ(send_assertion(sign(claims())).status, 200);  // none of them used it up
}

TEST_F(ClientAssertionTest, RFC7523_3_3_the_audience_is_the_issuer_or_the_token_endpoint) {
    for (const std::string& audience : {std::string(pool_url), std::string(pool_url) + "/oauth2/token",
                                        std::string(base_url) + "/ok-domain/oauth2/token"}) {
        auto said = claims();
        said["aud"] = array{audience};
        said["jti"] = audience;
        EXPECT_EQ(send_assertion(sign(said)).status, 200) << audience;
    }
}

// Attack class 11: the algorithm is the client's, never the token's.
TEST_F(ClientAssertionTest, refuses_other_keys_and_algorithms) {
    const auto other_key = crypto::jose::sign_jwt(test_key(1), claims());
    EXPECT_EQ(send_assertion(other_key).status, 400);
    EXPECT_EQ(send_assertion(hs256(claims(), secret)).status, 400);
    const auto public_key = boost::json::serialize(test_key(2).public_jwk());
    EXPECT_EQ(send_assertion(hs256(claims(), public_key)).status, 400);
    auto none = to_base64url(bytes_of(R"({"alg":"none"})")) + "." +
                to_base64url(bytes_of(boost::json::serialize(claims()))) + ".";
    EXPECT_EQ(send_assertion(none).status, 400);
    extend_client(robot, [](auto& e) { e.token_endpoint_auth_signing_alg = directory::shape::ExtensionWord("PS256"); });
    EXPECT_EQ(send_assertion(sign(claims())).status, 400);
    extend_client(robot, [](auto& e) { e.token_endpoint_auth_signing_alg = directory::shape::ExtensionWord("RS256"); });
    EXPECT_EQ(send_assertion(sign(claims())).status, 200);
}

TEST_F(ClientAssertionTest, a_client_with_a_key_is_proven_by_no_secret) {
    const Pairs form{{"grant_type", "client_credentials"}};
    const auto answer = post("/oauth2/token", form, {{"Authorization", basic(robot.str(), secret)}});
    EXPECT_EQ(text(json_of(answer), "error"), "invalid_client");
}

TEST_F(ClientAssertionTest, RFC6749_2_3_one_way_of_proof_at_a_time) {
    EXPECT_EQ(text(json_of(send_assertion(sign(claims()), {{"client_secret", std::string(secret)}})), "error"),
              "invalid_request");
    const Pairs form{{"grant_type", "client_credentials"},
                     {"client_assertion_type", jwt_bearer},
                     {"client_assertion", sign(claims())}};
    const auto both = post("/oauth2/token", form, {{"Authorization", basic(robot.str(), secret)}});
    EXPECT_EQ(text(json_of(both), "error"), "invalid_request");
}

TEST_F(ClientAssertionTest, RFC7521_4_2_the_type_has_to_be_named) {
    for (const char* type : {"", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"}) {
        const Pairs form{{"grant_type", "client_credentials"},
                         {"client_assertion_type", type},
                         {"client_assertion", sign(claims())}};
        EXPECT_EQ(text(json_of(post("/oauth2/token", form)), "error"), "invalid_request") << type;
    }
}

TEST_F(ClientAssertionTest, client_secret_jwt_is_signed_with_the_secret) {
    extend_client(robot, [](auto& e) {
        e = {};
        e.token_endpoint_auth_method = ClientAuthMethod::client_secret_jwt;
    });
    EXPECT_EQ(send_assertion(hs256(claims(), "wrong")).status, 400);
    EXPECT_EQ(send_assertion(sign(claims())).status, 400);
    const auto assertion = hs256(claims(), secret);
    EXPECT_EQ(send_assertion(assertion).status, 200);
    EXPECT_EQ(send_assertion(assertion).status, 400);
}

TEST_F(ClientAssertionTest, keys_are_fetched_once_and_again_for_a_key_that_is_not_there) {
    const std::string url = "https://client.example/jwks.json";
    extend_client(robot, [&](auto& e) {
        e.jwks.reset();
        e.jwks_uri = directory::shape::ExtensionUri(url);
    });
    fetcher.put(url, boost::json::serialize(object{{"keys", array{test_key(1).public_jwk()}}}));
    EXPECT_EQ(send_assertion(sign(claims())).status, 400);  // signed by a key that is not published yet
    fetcher.put(url, boost::json::serialize(object{{"keys", array{test_key(2).public_jwk()}}}));
    EXPECT_EQ(send_assertion(sign(claims())).status, 400);  // not read again within a minute
    EXPECT_EQ(fetcher.asked.size(), 1U);
    clock.advance(std::chrono::seconds(61));
    auto later = claims();
    EXPECT_EQ(send_assertion(sign(later)).status, 200);
    later["jti"] = "another";
    EXPECT_EQ(send_assertion(sign(later)).status, 200);
    EXPECT_EQ(fetcher.asked.size(), 2U);
}

TEST_F(ClientAssertionTest, keys_that_cannot_be_fetched_prove_nobody) {
    const std::string url = "https://client.example/jwks.json";
    extend_client(robot, [&](auto& e) {
        e.jwks.reset();
        e.jwks_uri = directory::shape::ExtensionUri(url);
    });
    for (const char* body : {"", "[]", "{\"keys\":{}}", "{\"keys\":[7,{}]}", "<html>"}) {
        fetcher.put(url, body);
        EXPECT_EQ(send_assertion(sign(claims())).status, 400) << body;
        clock.advance(std::chrono::seconds(61));
    }
    fetcher.remove(url);
    EXPECT_EQ(send_assertion(sign(claims())).status, 400);
}

}  // namespace
}  // namespace symbolon::oauth
