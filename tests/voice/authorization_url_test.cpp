#include "voice/linking/journey.hpp"

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

AccountLinking config() {
    AccountLinking out;
    out.authorizationUrl = "https://id.example/oauth2/authorize";
    out.clientId = "client";
    out.scopes = std::vector<std::string>{"openid", "phone"};
    return out;
}

TEST(AuthorizationUrl, has_the_parameters_in_the_platforms_order) {
    EXPECT_EQ(authorization_url(config(), "s+t/=", "https://here/cb"),
              "https://id.example/oauth2/authorize?client_id=client&response_type=code&state=s%2Bt%2F%3D"
              "&scope=openid%20phone&redirect_uri=https%3A%2F%2Fhere%2Fcb");
}

TEST(AuthorizationUrl, keeps_a_query_that_is_configured) {
    auto with_query = config();
    with_query.authorizationUrl += "?tenant=7";
    EXPECT_TRUE(
        authorization_url(with_query, "s", "u").starts_with("https://id.example/oauth2/authorize?tenant=7&client_id="));
}

TEST(AuthorizationUrl, asks_for_a_token_in_the_implicit_grant) {
    auto implicit = config();
    implicit.type = GrantType::IMPLICIT;
    EXPECT_NE(authorization_url(implicit, "s", "u").find("response_type=token"), std::string::npos);
}

TEST(AuthorizationUrl, leaves_scope_out_when_there_is_none) {
    auto bare = config();
    bare.scopes.reset();
    EXPECT_EQ(authorization_url(bare, "s", "u").find("scope="), std::string::npos);
}

}  // namespace
}  // namespace symbolon::voice
