#include "directory/client_rules.hpp"

#include "directory/pool_rules.hpp"
#include "directory/refusals.hpp"

#include <gtest/gtest.h>

namespace symbolon::directory {
namespace {

using Flow = ExplicitAuthFlowsType;

class ClientRules : public testing::Test {
protected:
    ClientRules() {
        pool_.id = PoolId("us-east-1_A1b2C3d4E");
        SchemaAttributeType custom;
        custom.Name = "a";
        SchemaAttributeType email;
        email.Name = "email";
        email.Required = true;
        pool_.settings.SchemaAttributes = make_schema(SchemaList{custom, email});
        apply_defaults(pool_.settings);
    }

    void check(bool has_secret = true) {
        apply_defaults(settings_);
        check_client(pool_, settings_, has_secret, {"api/read"});
    }
    Error refusal(bool has_secret = true) {
        return refusal_of([&] { check(has_secret); });
    }

    Pool pool_;
    ClientSettings settings_;
};

TEST_F(ClientRules, give_a_minimal_client_what_describe_shows) {
    check(false);
    EXPECT_EQ(settings_.RefreshTokenValidity->get(), 30);
    EXPECT_EQ(settings_.AllowedOAuthFlowsUserPoolClient, false);
    EXPECT_EQ(settings_.EnableTokenRevocation, true);
    EXPECT_EQ(settings_.EnablePropagateAdditionalUserContextData, false);
    EXPECT_EQ(settings_.AuthSessionValidity->get(), 3);
    EXPECT_TRUE(settings_.TokenValidityUnits);
    EXPECT_FALSE(settings_.ExplicitAuthFlows);
    EXPECT_FALSE(settings_.AccessTokenValidity);
    EXPECT_FALSE(settings_.PreventUserExistenceErrors);
}

TEST_F(ClientRules, give_the_default_refresh_life_in_the_unit_that_is_set) {
    settings_.TokenValidityUnits = TokenValidityUnitsType{{}, {}, TimeUnitsType::minutes};
    check();
    EXPECT_EQ(settings_.RefreshTokenValidity->get(), 30 * 24 * 60);
}

TEST_F(ClientRules, take_the_tutorials_client) {
    settings_.AllowedOAuthFlowsUserPoolClient = true;
    settings_.AllowedOAuthFlows = List<OAuthFlowType, 0, 3>{OAuthFlowType::code, OAuthFlowType::implicit};
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"phone", "openid"};
    settings_.SupportedIdentityProviders = List<shape::ProviderName>{"COGNITO"};
    settings_.CallbackURLs = List<shape::RedirectUrl, 0, 100>{"https://layla.amazon.com/api/skill/link/M2AAAA"};
    settings_.DefaultRedirectURI = "https://layla.amazon.com/api/skill/link/M2AAAA";
    EXPECT_NO_THROW(check());
}

TEST_F(ClientRules, refuse_lives_outside_of_their_ranges) {
    const auto refused = [&](ClientSettings settings) {
        settings_ = std::move(settings);
        return refusal().message;
    };
    constexpr auto message = "Invalid range for token validity.";
    ClientSettings settings;
    settings.AccessTokenValidity = 25;
    EXPECT_EQ(refused(settings), message);
    settings = {};
    settings.TokenValidityUnits = TokenValidityUnitsType{TimeUnitsType::minutes, {}, {}};
    settings.AccessTokenValidity = 4;
    EXPECT_EQ(refused(settings), message);
    settings = {};
    settings.IdTokenValidity = 25;
    EXPECT_EQ(refused(settings), message);
    settings = {};
    settings.RefreshTokenValidity = 3651;
    EXPECT_EQ(refused(settings), message);
    settings = {};
    settings.TokenValidityUnits = TokenValidityUnitsType{{}, {}, TimeUnitsType::minutes};
    settings.RefreshTokenValidity = 59;
    EXPECT_EQ(refused(settings), message);
    settings.RefreshTokenValidity = 61;
    settings.AccessTokenValidity = 2;
    EXPECT_EQ(refused(settings), message) << "an access token that outlives the refresh token";
}

TEST_F(ClientRules, refuse_old_and_new_names_of_flows_together) {
    settings_.ExplicitAuthFlows = List<Flow>{Flow::ALLOW_USER_SRP_AUTH, Flow::USER_PASSWORD_AUTH};
    EXPECT_EQ(refusal().code, Errc::invalid_parameter);
    settings_.ExplicitAuthFlows = List<Flow>{Flow::ADMIN_NO_SRP_AUTH, Flow::USER_PASSWORD_AUTH};
    EXPECT_NO_THROW(check());
}

TEST_F(ClientRules, refuse_rotation_beside_refresh_by_the_api) {
    settings_.RefreshTokenRotation = RefreshTokenRotationType{FeatureType::ENABLED, {}};
    EXPECT_NO_THROW(check());
    settings_.ExplicitAuthFlows = List<Flow>{Flow::ALLOW_REFRESH_TOKEN_AUTH};
    EXPECT_EQ(refusal().code, Errc::invalid_parameter);
}

TEST_F(ClientRules, refuse_attributes_that_the_pool_does_not_have) {
    settings_.ReadAttributes = List<shape::ClientPermission>{"email", "custom:a"};
    EXPECT_NO_THROW(check());
    settings_.ReadAttributes = List<shape::ClientPermission>{"custom:b"};
    EXPECT_EQ(refusal().message, "Invalid read attributes specified while creating a client");
}

TEST_F(ClientRules, refuse_write_attributes_that_are_unknown_or_never_writable_or_lack_a_required_one) {
    constexpr auto message = "Invalid write attributes specified while creating a client";
    for (const char* name : {"custom:b", "sub", "email_verified", "phone_number_verified"}) {
        settings_.WriteAttributes = List<shape::ClientPermission>{"email", name};
        EXPECT_EQ(refusal().message, message) << name;
    }
    settings_.WriteAttributes = List<shape::ClientPermission>{"custom:a"};
    EXPECT_EQ(refusal().message, message);
    settings_.WriteAttributes = List<shape::ClientPermission>{"custom:a", "email"};
    EXPECT_NO_THROW(check());
}

TEST_F(ClientRules, refuse_providers_that_do_not_exist) {
    settings_.SupportedIdentityProviders = List<shape::ProviderName>{"COGNITO", "Google"};
    EXPECT_EQ(refusal().message, "The provider Google does not exist for User Pool us-east-1_A1b2C3d4E.");
}

TEST_F(ClientRules, refuse_dangerous_urls_wherever_they_are_given) {
    settings_.CallbackURLs = List<shape::RedirectUrl, 0, 100>{"https://ok.example/cb", "javascript:alert(1)"};
    EXPECT_EQ(refusal().code, Errc::invalid_parameter);
    settings_ = {};
    settings_.LogoutURLs = List<shape::RedirectUrl, 0, 100>{"data:text/html,x"};
    EXPECT_EQ(refusal().code, Errc::invalid_parameter);
}

TEST_F(ClientRules, want_the_default_redirect_among_the_callbacks) {
    settings_.DefaultRedirectURI = "https://ok.example/cb";
    EXPECT_EQ(refusal().code, Errc::invalid_parameter);
    settings_.CallbackURLs = List<shape::RedirectUrl, 0, 100>{"https://ok.example/cb/"};
    EXPECT_EQ(refusal().code, Errc::invalid_parameter);
    settings_.CallbackURLs = List<shape::RedirectUrl, 0, 100>{"https://ok.example/cb"};
    EXPECT_NO_THROW(check());
}

TEST_F(ClientRules, want_flows_and_scopes_where_oauth_is_switched_on) {
    settings_.AllowedOAuthFlowsUserPoolClient = true;
    EXPECT_EQ(
        refusal().message,
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.");
}

TEST_F(ClientRules, want_scopes_that_exist) {
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"openid", "api/read"};
    EXPECT_NO_THROW(check());
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"api/write"};
    EXPECT_EQ(refusal().code, Errc::scope_does_not_exist);
    EXPECT_EQ(refusal().message, "Invalid scopes requested: api/write");
    EXPECT_NO_THROW(check_client(pool_, settings_, true, {}, {"api/write"})) << "kept from before its server lost it";
}

// The service has no such scope; OpenID Connect does (Core §5.4).
TEST_F(ClientRules, know_the_scope_address_where_the_pool_keeps_to_the_standards) {
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"openid", "address"};
    EXPECT_EQ(refusal().code, Errc::scope_does_not_exist);
    pool_.extensions.strict_oidc = true;
    EXPECT_NO_THROW(check());
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"address"};
    EXPECT_EQ(refusal().code, Errc::invalid_parameter) << "it is about the user";
}

TEST_F(ClientRules, want_openid_beside_scopes_about_the_user) {
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"phone"};
    EXPECT_EQ(refusal().code, Errc::invalid_parameter);
}

TEST_F(ClientRules, let_only_clients_with_a_secret_and_scopes_of_servers_have_tokens_of_their_own) {
    settings_.AllowedOAuthFlowsUserPoolClient = true;
    settings_.AllowedOAuthFlows = List<OAuthFlowType, 0, 3>{OAuthFlowType::client_credentials};
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"api/read"};
    EXPECT_NO_THROW(check(true));
    EXPECT_EQ(refusal(false).code, Errc::invalid_oauth_flow);
    EXPECT_EQ(refusal(false).message,
              "client_credentials flow can not be selected if client does not have a client secret.");
    settings_.AllowedOAuthScopes = List<shape::Scope, 0, 50>{"api/read", "openid"};
    EXPECT_EQ(refusal().code, Errc::invalid_oauth_flow);
    settings_.AllowedOAuthFlows = List<OAuthFlowType, 0, 3>{OAuthFlowType::client_credentials, OAuthFlowType::code};
    EXPECT_EQ(refusal().message, "client_credentials flow can not be selected along with code flow or implicit flow.");
}

TEST_F(ClientRules, want_a_secret_where_user_context_is_passed_on) {
    settings_.EnablePropagateAdditionalUserContextData = true;
    EXPECT_EQ(refusal(false).code, Errc::invalid_parameter);
    EXPECT_NO_THROW(check(true));
}

TEST_F(ClientRules, keep_two_settings_when_an_update_leaves_them_out) {
    settings_.EnableTokenRevocation = false;
    settings_.AuthSessionValidity = 10;
    settings_.ReadAttributes = List<shape::ClientPermission>{"email"};
    check();
    const ClientSettings updated = replaced(settings_, {});
    EXPECT_EQ(updated.EnableTokenRevocation, false);
    EXPECT_EQ(updated.AuthSessionValidity->get(), 10);
    EXPECT_FALSE(updated.ReadAttributes);
}

}  // namespace
}  // namespace symbolon::directory
