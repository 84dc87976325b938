#include "directory/clients.hpp"

#include <gtest/gtest.h>

namespace symbolon::directory {
namespace {

using Flow = ExplicitAuthFlowsType;
using namespace std::chrono_literals;

Client with_flows(List<Flow> flows) {
    Client client;
    client.settings.ExplicitAuthFlows = std::move(flows);
    return client;
}

TEST(ClientFlows, that_are_not_given_are_refresh_srp_and_custom) {
    for (const Client& client : {Client{}, with_flows({})}) {
        EXPECT_TRUE(client.allows_flow("ALLOW_REFRESH_TOKEN_AUTH"));
        EXPECT_TRUE(client.allows_flow("ALLOW_USER_SRP_AUTH"));
        EXPECT_TRUE(client.allows_flow("ALLOW_CUSTOM_AUTH"));
        EXPECT_FALSE(client.allows_flow("ALLOW_USER_PASSWORD_AUTH"));
        EXPECT_FALSE(client.allows_flow("ALLOW_ADMIN_USER_PASSWORD_AUTH"));
    }
}

TEST(ClientFlows, that_are_given_are_the_only_ones) {
    const Client client = with_flows({Flow::ALLOW_USER_PASSWORD_AUTH});
    EXPECT_TRUE(client.allows_flow("ALLOW_USER_PASSWORD_AUTH"));
    EXPECT_FALSE(client.allows_flow("ALLOW_REFRESH_TOKEN_AUTH"));
    EXPECT_FALSE(client.allows_flow("ALLOW_USER_SRP_AUTH"));
    EXPECT_FALSE(client.allows_flow("ALLOW_SOMETHING_ELSE"));
}

TEST(ClientFlows, of_older_clients_are_known_by_todays_names) {
    const Client client = with_flows({Flow::USER_PASSWORD_AUTH, Flow::ADMIN_NO_SRP_AUTH});
    EXPECT_TRUE(client.allows_flow("ALLOW_USER_PASSWORD_AUTH"));
    EXPECT_TRUE(client.allows_flow("ALLOW_ADMIN_USER_PASSWORD_AUTH"));
    EXPECT_TRUE(client.allows_flow("ALLOW_USER_SRP_AUTH"));
    EXPECT_TRUE(client.allows_flow("ALLOW_REFRESH_TOKEN_AUTH"));
    EXPECT_FALSE(with_flows({Flow::CUSTOM_AUTH_FLOW_ONLY}).allows_flow("ALLOW_USER_SRP_AUTH"));
}

TEST(ClientFlows, exclude_refresh_by_the_api_where_tokens_rotate) {
    Client client = with_flows({});
    client.settings.RefreshTokenRotation = RefreshTokenRotationType{FeatureType::ENABLED, {}};
    EXPECT_FALSE(client.allows_flow("ALLOW_REFRESH_TOKEN_AUTH"));
}

TEST(ClientFlows, of_oauth_need_the_clients_switch) {
    Client client;
    client.settings.AllowedOAuthFlows = List<OAuthFlowType, 0, 3>{OAuthFlowType::code};
    EXPECT_FALSE(client.allows_oauth_flow("code"));
    client.settings.AllowedOAuthFlowsUserPoolClient = true;
    EXPECT_TRUE(client.allows_oauth_flow("code"));
    EXPECT_FALSE(client.allows_oauth_flow("implicit"));
}

TEST(ClientProviders, are_those_listed) {
    Client client;
    EXPECT_FALSE(client.allows_provider("COGNITO"));
    client.settings.SupportedIdentityProviders = List<shape::ProviderName>{"COGNITO"};
    EXPECT_TRUE(client.allows_provider("COGNITO"));
    EXPECT_FALSE(client.allows_provider("Google"));
}

TEST(ClientPermissions, that_are_not_given_cover_the_standard_attributes) {
    const Client client;
    for (const char* name : {"sub", "email", "email_verified", "phone_number", "phone_number_verified", "address"})
        EXPECT_TRUE(client.may_read(name)) << name;
    EXPECT_FALSE(client.may_read("custom:a"));
    EXPECT_TRUE(client.may_write("email"));
    for (const char* name : {"sub", "email_verified", "phone_number_verified", "custom:a"})
        EXPECT_FALSE(client.may_write(name)) << name;
}

TEST(ClientPermissions, that_are_given_are_the_only_ones_beside_the_sub) {
    Client client;
    client.settings.ReadAttributes = List<shape::ClientPermission>{"email", "custom:a"};
    client.settings.WriteAttributes = List<shape::ClientPermission>{"custom:a", "email_verified"};
    EXPECT_TRUE(client.may_read("sub"));
    EXPECT_TRUE(client.may_read("custom:a"));
    EXPECT_FALSE(client.may_read("phone_number"));
    EXPECT_TRUE(client.may_write("custom:a"));
    EXPECT_FALSE(client.may_write("email"));
    EXPECT_FALSE(client.may_write("email_verified"));
}

TEST(TokenLife, has_the_defaults_of_the_api) {
    const Client client;
    EXPECT_EQ(client.access_token_life(), 1h);
    EXPECT_EQ(client.id_token_life(), 1h);
    EXPECT_EQ(client.refresh_token_life(), 24h * 30);
    EXPECT_EQ(client.challenge_life(), 3min);
    EXPECT_TRUE(client.revocation_enabled());
    EXPECT_FALSE(client.hides_users());
}

TEST(TokenLife, is_counted_in_the_units_that_are_given) {
    Client client;
    client.settings.AccessTokenValidity = 10;
    client.settings.IdTokenValidity = 600;
    client.settings.RefreshTokenValidity = 2;
    client.settings.AuthSessionValidity = 15;
    EXPECT_EQ(client.access_token_life(), 10h);
    EXPECT_EQ(client.refresh_token_life(), 48h);
    client.settings.TokenValidityUnits =
        TokenValidityUnitsType{TimeUnitsType::minutes, TimeUnitsType::seconds, TimeUnitsType::hours};
    EXPECT_EQ(client.access_token_life(), 10min);
    EXPECT_EQ(client.id_token_life(), 10min);
    EXPECT_EQ(client.refresh_token_life(), 2h);
    EXPECT_EQ(client.challenge_life(), 15min);
}

TEST(TokenLife, of_a_refresh_token_of_zero_is_the_default) {
    Client client;
    client.settings.RefreshTokenValidity = 0;
    EXPECT_EQ(client.refresh_token_life(), 24h * 30);
}

}  // namespace
}  // namespace symbolon::directory
