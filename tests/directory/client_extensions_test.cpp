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
std::string refused(const std::string& json, const Pool& pool = {}) {
    try {
        check_client_extensions(pool, decode<ClientExtensions>(boost::json::parse(json).as_object()));
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_parameter);
        return error.message;
    }
    return {};
}

TEST(ClientExtensions, are_all_optional) {
    EXPECT_EQ(refused("{}"), "");
    EXPECT_TRUE(encode(ClientExtensions{}).empty());
}

TEST(ClientExtensions, have_response_types_in_one_order) {
    EXPECT_EQ(refused(R"({"response_types":["code","code id_token token"]})"), "");
    EXPECT_NE(refused(R"({"response_types":["id_token code"]})"), "");
    EXPECT_NE(refused(R"({"response_types":["none"]})"), "");
}

TEST(ClientExtensions, have_web_addresses) {
    for (const char* member : {"jwks_uri", "sector_identifier_uri", "backchannel_logout_uri", "frontchannel_logout_uri",
                               "client_uri", "logo_uri", "policy_uri", "tos_uri"}) {
        const auto with = [&](const std::string& uri) { return "{\"" + std::string(member) + "\":\"" + uri + "\"}"; };
        EXPECT_EQ(refused(with("https://ok.example/x")), "") << member;
        for (const char* bad :
             {"http://ok.example/x", "javascript:alert(1)", "myapp://x", "https://u@ok.example", "/x"}) {
            EXPECT_NE(refused(with(bad)), "") << member << " " << bad;
        }
    }
    EXPECT_NE(refused(R"({"request_uris":["https://ok.example/a","ftp://ok.example/b"]})"), "");
}

// Attack class: a private key that its owner registered by mistake.
TEST(ClientExtensions, take_public_keys_alone) {
    EXPECT_EQ(refused(R"({"jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b"}]}})"), "");
    for (const char* member : {"d", "p", "q", "dp", "dq", "qi", "k"}) {
        EXPECT_NE(refused(R"({"jwks":{"keys":[{"kty":"EC",")" + std::string(member) + R"(":"x"}]}})"), "") << member;
    }
    for (const char* jwks : {"[]", "{}", R"({"keys":{}})", R"({"keys":["x"]})"}) {
        EXPECT_NE(refused(R"({"jwks":)" + std::string(jwks) + "}"), "") << jwks;
    }
    EXPECT_NE(refused(R"({"jwks":{"keys":[]},"jwks_uri":"https://ok.example/jwks"})"), "") << "one or the other";
}

TEST(ClientExtensions, that_need_keys_have_them) {
    const std::string keys = R"(,"jwks_uri":"https://ok.example/jwks"})";
    for (const std::string member :
         {R"("token_endpoint_auth_method":"private_key_jwt")",
          R"("token_endpoint_auth_method":"self_signed_tls_client_auth")", R"("require_signed_request_object":true)"}) {
        EXPECT_NE(refused("{" + member + "}"), "") << member;
        EXPECT_EQ(refused("{" + member + keys), "") << member;
    }
    EXPECT_NE(refused(R"({"token_endpoint_auth_method":"tls_client_auth"})"), "");
    EXPECT_EQ(refused(R"({"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"a.example"})"), "");
    EXPECT_NE(refused(R"({"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"a.example",)"
                      R"("tls_client_auth_san_ip":"192.0.2.1"})"),
              "");
}

TEST(ClientExtensions, are_signed_with_the_pools_algorithm) {
    EXPECT_EQ(refused(R"({"userinfo_signed_response_alg":"RS256"})"), "");
    EXPECT_NE(refused(R"({"userinfo_signed_response_alg":"ES256"})"), "");
    Pool pool;
    pool.extensions.signing_alg = SignatureAlgorithm::ES256;
    EXPECT_EQ(refused(R"({"userinfo_signed_response_alg":"ES256"})", pool), "");
    EXPECT_NE(refused(R"({"id_token_signed_response_alg":"RS256"})", pool), "");
}

TEST(ClientExtensions, name_one_kind_of_subject) {
    EXPECT_EQ(refused(R"({"subject_type":"pairwise"})"), "");
    EXPECT_EQ(refused(R"({"subject_type":"public"})"), "");
    EXPECT_NE(refused(R"({"subject_type":"private"})"), "");
}

}  // namespace
}  // namespace symbolon::directory
