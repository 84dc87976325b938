#pragma once

#include "aws/operation.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations of sign-in (cognito-api.md §2.9, chapter 3). An administrator's variant of one is the same with a pool.
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(AuthFlowType, ADMIN_NO_SRP_AUTH, ADMIN_USER_PASSWORD_AUTH, CUSTOM_AUTH, REFRESH_TOKEN,
                        REFRESH_TOKEN_AUTH, USER_AUTH, USER_PASSWORD_AUTH, USER_SRP_AUTH)
BOOST_DEFINE_ENUM_CLASS(ChallengeNameType, ADMIN_NO_SRP_AUTH, CUSTOM_CHALLENGE, DEVICE_PASSWORD_VERIFIER,
                        DEVICE_SRP_AUTH, EMAIL_OTP, MFA_SETUP, NEW_PASSWORD_REQUIRED, PASSWORD, PASSWORD_SRP,
                        PASSWORD_VERIFIER, SELECT_CHALLENGE, SELECT_MFA_TYPE, SMS_MFA, SMS_OTP, SOFTWARE_TOKEN_MFA,
                        WEB_AUTHN)

struct InitiateAuthRequest {
    AuthFlowType AuthFlow{};
    shape::ClientId ClientId;
    std::optional<StringMap> AuthParameters;
    std::optional<StringMap> ClientMetadata;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<UserContextDataType> UserContextData;
    std::optional<shape::Session> Session;
};
BOOST_DESCRIBE_STRUCT(InitiateAuthRequest, (),
                      (AuthFlow, ClientId, AuthParameters, ClientMetadata, AnalyticsMetadata, UserContextData, Session))

struct RespondToAuthChallengeRequest {
    shape::ClientId ClientId;
    ChallengeNameType ChallengeName{};
    std::optional<shape::Session> Session;
    std::optional<StringMap> ChallengeResponses;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<UserContextDataType> UserContextData;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(RespondToAuthChallengeRequest, (),
                      (ClientId, ChallengeName, Session, ChallengeResponses, AnalyticsMetadata, UserContextData,
                       ClientMetadata))

/// How the server of an administrator that signs a user in was asked; only its address counts.
struct HttpHeader {
    std::optional<std::string> headerName;
    std::optional<std::string> headerValue;
};
BOOST_DESCRIBE_STRUCT(HttpHeader, (), (headerName, headerValue))

struct ContextDataType {
    std::string IpAddress;
    std::string ServerName;
    std::string ServerPath;
    std::vector<HttpHeader> HttpHeaders;
    std::optional<std::string> EncodedData;
};
BOOST_DESCRIBE_STRUCT(ContextDataType, (), (IpAddress, ServerName, ServerPath, HttpHeaders, EncodedData))

struct AdminInitiateAuthRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    AuthFlowType AuthFlow{};
    std::optional<StringMap> AuthParameters;
    std::optional<StringMap> ClientMetadata;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<ContextDataType> ContextData;
    std::optional<shape::Session> Session;
};
BOOST_DESCRIBE_STRUCT(AdminInitiateAuthRequest, (),
                      (UserPoolId, ClientId, AuthFlow, AuthParameters, ClientMetadata, AnalyticsMetadata, ContextData,
                       Session))

struct AdminRespondToAuthChallengeRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    ChallengeNameType ChallengeName{};
    std::optional<StringMap> ChallengeResponses;
    std::optional<shape::Session> Session;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<ContextDataType> ContextData;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(AdminRespondToAuthChallengeRequest, (),
                      (UserPoolId, ClientId, ChallengeName, ChallengeResponses, Session, AnalyticsMetadata, ContextData,
                       ClientMetadata))

struct NewDeviceMetadataType {
    std::string DeviceKey;
    std::string DeviceGroupKey;
};
BOOST_DESCRIBE_STRUCT(NewDeviceMetadataType, (), (DeviceKey, DeviceGroupKey))

struct AuthenticationResultType {
    std::string AccessToken;
    std::int64_t ExpiresIn = 0;
    std::string TokenType = "Bearer";
    std::optional<std::string> RefreshToken;
    std::optional<std::string> IdToken;
    std::optional<NewDeviceMetadataType> NewDeviceMetadata;
};
BOOST_DESCRIBE_STRUCT(AuthenticationResultType, (),
                      (AccessToken, ExpiresIn, TokenType, RefreshToken, IdToken, NewDeviceMetadata))

/// A challenge, or the tokens: the answer of all these operations.
struct AuthResponse {
    std::optional<ChallengeNameType> ChallengeName;
    std::optional<std::string> Session;
    StringMap ChallengeParameters;
    std::optional<AuthenticationResultType> AuthenticationResult;
    std::optional<std::vector<ChallengeNameType>> AvailableChallenges;
};
BOOST_DESCRIBE_STRUCT(AuthResponse, (),
                      (ChallengeName, Session, ChallengeParameters, AuthenticationResult, AvailableChallenges))

Task<AuthResponse> initiate_auth(Call call, InitiateAuthRequest in);
Task<AuthResponse> admin_initiate_auth(Call call, AdminInitiateAuthRequest in);
// auth_challenges.cpp
Task<AuthResponse> respond_to_auth_challenge(Call call, RespondToAuthChallengeRequest in);
Task<AuthResponse> admin_respond_to_auth_challenge(Call call, AdminRespondToAuthChallengeRequest in);

std::span<const Operation> auth_operations();

}  // namespace symbolon::aws
