#pragma once

#include "base/shape/list.hpp"
#include "directory/shapes.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>

/// What an app client is set to, under the wire names; requests and UserPoolClientType inherit it.
/// Spec: cognito-api §5.7, A.1, A.3.
namespace symbolon::directory {

BOOST_DEFINE_ENUM_CLASS(ClientTypeType, DCR, REGULAR)
BOOST_DEFINE_ENUM_CLASS(ExplicitAuthFlowsType, ADMIN_NO_SRP_AUTH, ALLOW_ADMIN_USER_PASSWORD_AUTH,
                        ALLOW_CLIENT_TOKEN_AUTH, ALLOW_CUSTOM_AUTH, ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_AUTH,
                        ALLOW_USER_PASSWORD_AUTH, ALLOW_USER_SRP_AUTH, CUSTOM_AUTH_FLOW_ONLY, USER_PASSWORD_AUTH)
BOOST_DEFINE_ENUM_CLASS(FeatureType, DISABLED, ENABLED)
BOOST_DEFINE_ENUM_CLASS(OAuthFlowType, client_credentials, code, implicit)
BOOST_DEFINE_ENUM_CLASS(PreventUserExistenceErrorTypes, ENABLED, LEGACY)
BOOST_DEFINE_ENUM_CLASS(TimeUnitsType, days, hours, minutes, seconds)

struct TokenValidityUnitsType {
    std::optional<TimeUnitsType> AccessToken;
    std::optional<TimeUnitsType> IdToken;
    std::optional<TimeUnitsType> RefreshToken;
};
BOOST_DESCRIBE_STRUCT(TokenValidityUnitsType, (), (AccessToken, IdToken, RefreshToken))

struct AnalyticsConfigurationType {
    std::optional<shape::HexString> ApplicationId;
    std::optional<shape::Arn> ApplicationArn;
    std::optional<shape::Arn> RoleArn;
    std::optional<shape::PlainString> ExternalId;
    std::optional<bool> UserDataShared;
};
BOOST_DESCRIBE_STRUCT(AnalyticsConfigurationType, (),
                      (ApplicationId, ApplicationArn, RoleArn, ExternalId, UserDataShared))

struct RefreshTokenRotationType {
    FeatureType Feature{};
    std::optional<shape::RetryGracePeriodSeconds> RetryGracePeriodSeconds;
};
BOOST_DESCRIBE_STRUCT(RefreshTokenRotationType, (), (Feature, RetryGracePeriodSeconds))

/// How long a client reuses a sign-in of the browser, from the last time that the person proved who he is.
struct ClientSSOSessionConfigType {
    shape::MaxValidityMinutes MaxValidityMinutes;
};
BOOST_DESCRIBE_STRUCT(ClientSSOSessionConfigType, (), (MaxValidityMinutes))

/// What CreateUserPoolClient and UpdateUserPoolClient take and UserPoolClientType shows.
struct ClientSettings {
    std::optional<shape::RefreshTokenValidity> RefreshTokenValidity;
    std::optional<shape::AccessTokenValidity> AccessTokenValidity;
    std::optional<shape::IdTokenValidity> IdTokenValidity;
    std::optional<TokenValidityUnitsType> TokenValidityUnits;
    std::optional<List<shape::ClientPermission>> ReadAttributes;
    std::optional<List<shape::ClientPermission>> WriteAttributes;
    std::optional<List<ExplicitAuthFlowsType>> ExplicitAuthFlows;
    std::optional<List<shape::ProviderName>> SupportedIdentityProviders;
    std::optional<List<shape::RedirectUrl, 0, 100>> CallbackURLs;
    std::optional<List<shape::RedirectUrl, 0, 100>> LogoutURLs;
    std::optional<shape::RedirectUrl> DefaultRedirectURI;
    std::optional<List<OAuthFlowType, 0, 3>> AllowedOAuthFlows;
    std::optional<List<shape::Scope, 0, 50>> AllowedOAuthScopes;
    std::optional<bool> AllowedOAuthFlowsUserPoolClient;
    std::optional<AnalyticsConfigurationType> AnalyticsConfiguration;
    std::optional<PreventUserExistenceErrorTypes> PreventUserExistenceErrors;
    std::optional<bool> EnableTokenRevocation;
    std::optional<bool> EnablePropagateAdditionalUserContextData;
    std::optional<shape::AuthSessionValidity> AuthSessionValidity;
    std::optional<RefreshTokenRotationType> RefreshTokenRotation;

    // Once in settings.cpp, and not in each of the hundreds of files that hold a client.
    ClientSettings();
    ClientSettings(const ClientSettings&);
    ClientSettings(ClientSettings&&) noexcept;
    ClientSettings& operator=(const ClientSettings&);
    ClientSettings& operator=(ClientSettings&&) noexcept;
    ~ClientSettings();
};
BOOST_DESCRIBE_STRUCT(ClientSettings, (),
                      (RefreshTokenValidity, AccessTokenValidity, IdTokenValidity, TokenValidityUnits, ReadAttributes,
                       WriteAttributes, ExplicitAuthFlows, SupportedIdentityProviders, CallbackURLs, LogoutURLs,
                       DefaultRedirectURI, AllowedOAuthFlows, AllowedOAuthScopes, AllowedOAuthFlowsUserPoolClient,
                       AnalyticsConfiguration, PreventUserExistenceErrors, EnableTokenRevocation,
                       EnablePropagateAdditionalUserContextData, AuthSessionValidity, RefreshTokenRotation))

}  // namespace symbolon::directory
