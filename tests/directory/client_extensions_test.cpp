#include "directory/client_extensions.hpp"

#include "base/shape/codec.hpp"
#include "directory/pools.hpp"
#include "refusals.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <string>

namespace symbolon::directory {
namespace {

/// The refusal of extensions as JSON has them; "" when they are taken.
std::string why_refused(const std::string& json, const Pool& pool = {}) {
    try {
        check_client_extensions(pool, decode<ClientExtensions>(boost::json::parse(json).as_object()));
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_parameter);
        return error.message;
    }
    return {};
}

TEST(ClientExtensions, are_all_optional) {
    EXPECT_EQ(why_refused("{}"), "");
    EXPECT_TRUE(encode(ClientExtensions{}).empty());
}

TEST(ClientExtensions, have_response_types_in_one_order) {
    EXPECT_EQ(why_refused(R"({"response_types":["code","code id_token token"]})"), "");
    EXPECT_NE(why_refused(R"({"response_types":["id_token code"]})"), "");
    EXPECT_NE(why_refused(R"({"response_types":["none"]})"), "");
}

TEST(ClientExtensions, have_web_addresses) {
    for (const char* member : {"jwks_uri", "sector_identifier_uri", "backchannel_logout_uri", "frontchannel_logout_uri",
                               "client_uri", "logo_uri", "policy_uri", "tos_uri"}) {
        const auto with = [&](const std::string& uri) { return "{\"" + std::string(member) + "\":\"" + uri + "\"}"; };
        EXPECT_EQ(why_refused(with("https://ok.example/x")), "") << member;
        for (const char* bad :
             {"http://ok.example/x", "javascript:alert(1)", "myapp://x", "https://u@ok.example", "/x"}) {
            EXPECT_NE(why_refused(with(bad)), "") << member << " " << bad;
        }
    }
    EXPECT_NE(why_refused(R"({"request_uris":["https://ok.example/a","ftp://ok.example/b"]})"), "");
}

// Attack class: a private key that its owner registered by mistake.
TEST(ClientExtensions, take_public_keys_alone) {
    EXPECT_EQ(why_refused(R"({"jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b"}]}})"), "");
    for (const char* member : {"d", "p", "q", "dp", "dq", "qi", "k"}) {
        EXPECT_NE(why_refused(R"({"jwks":{"keys":[{"kty":"EC",")" + std::string(member) + R"(":"x"}]}})"), "")
            << member;
    }
    for (const char* jwks : {"[]", "{}", R"({"keys":{}})", R"({"keys":["x"]})"}) {
        EXPECT_NE(why_refused(R"({"jwks":)" + std::string(jwks) + "}"), "") << jwks;
    }
    EXPECT_NE(why_refused(R"({"jwks":{"keys":[]},"jwks_uri":"https://ok.example/jwks"})"), "") << "one or the other";
}

TEST(ClientExtensions, that_need_keys_have_them) {
    const std::string keys = R"(,"jwks_uri":"https://ok.example/jwks"})";
    for (const std::string member :
         {R"("token_endpoint_auth_method":"private_key_jwt")",
          R"("token_endpoint_auth_method":"self_signed_tls_client_auth")", R"("require_signed_request_object":true)"}) {
        EXPECT_NE(why_refused("{" + member + "}"), "") << member;
        EXPECT_EQ(why_refused("{" + member + keys), "") << member;
    }
    EXPECT_NE(why_refused(R"({"token_endpoint_auth_method":"tls_client_auth"})"), "");
    EXPECT_EQ(why_refused(R"({"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"a.example"})"),
              "");
    EXPECT_NE(why_refused(R"({"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"a.example",)"
                          R"("tls_client_auth_san_ip":"192.0.2.1"})"),
              "");
}

TEST(ClientExtensions, are_signed_with_the_pools_algorithm) {
    EXPECT_EQ(why_refused(R"({"userinfo_signed_response_alg":"RS256"})"), "");
    EXPECT_NE(why_refused(R"({"userinfo_signed_response_alg":"ES256"})"), "");
    Pool pool;
    pool.extensions.signing_alg = SignatureAlgorithm::ES256;
    EXPECT_EQ(why_refused(R"({"userinfo_signed_response_alg":"ES256"})", pool), "");
    EXPECT_NE(why_refused(R"({"id_token_signed_response_alg":"RS256"})", pool), "");
}

TEST(ClientExtensions, name_one_kind_of_subject) {
    EXPECT_EQ(why_refused(R"({"subject_type":"pairwise"})"), "");
    EXPECT_EQ(why_refused(R"({"subject_type":"public"})"), "");
    EXPECT_NE(why_refused(R"({"subject_type":"private"})"), "");
}

// OpenID Connect Dynamic Registration §2, JARM §3.
TEST(ClientExtensions, encrypt_in_ways_that_there_are_with_keys_that_they_have) {
    constexpr const char* key =
        R"("jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",)"
        R"("y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}]})";
    for (const std::string answer : {"id_token", "userinfo", "authorization"}) {
        const auto member = "\"" + answer + "_encrypted_response_";
        const auto with = [&](const std::string& rest) { return why_refused("{" + member + rest + "," + key + "}"); };
        EXPECT_EQ(with(R"(alg":"ECDH-ES+A256KW")"), "") << answer;
        EXPECT_EQ(with(R"(alg":"ECDH-ES",)" + member + R"(enc":"A256GCM")"), "") << answer;
        EXPECT_NE(with(R"(alg":"RSA1_5")"), "") << answer;
        EXPECT_NE(with(R"(alg":"RSA-OAEP-256")"), "") << "the client has no RSA key";
        EXPECT_NE(with(R"(enc":"A256GCM")"), "") << "enc alone";
        EXPECT_NE(with(R"(alg":"ECDH-ES",)" + member + R"(enc":"A192GCM")"), "") << answer;
        EXPECT_NE(why_refused("{" + member + R"(alg":"ECDH-ES"})"), "") << "without keys";
        EXPECT_EQ(why_refused("{" + member + R"(alg":"RSA-OAEP-256","jwks_uri":"https://ok.example/jwks"})"), "");
    }
    EXPECT_NE(why_refused(R"({"authorization_signed_response_alg":"ES256"})"), "") << "the pool signs with RS256";
    EXPECT_NE(why_refused(R"({"request_object_encryption_alg":"ECDH-ES"})"), "") << "the pool has no key";
    Pool pool;
    pool.extensions.encrypted_request_objects = true;
    EXPECT_EQ(why_refused(R"({"request_object_encryption_alg":"ECDH-ES"})", pool), "");
    EXPECT_NE(why_refused(R"({"request_object_encryption_alg":"RSA-OAEP-256"})", pool), "");
    EXPECT_NE(why_refused(R"({"request_object_encryption_enc":"A256GCM"})", pool), "");
}

}  // namespace
}  // namespace symbolon::directory
