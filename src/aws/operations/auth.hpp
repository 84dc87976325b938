#pragma once

#include "aws/operation.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

/// Operations of sign-in (cognito-api.md §2.9, chapter 3).
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

struct AuthenticationResultType {
    std::string AccessToken;
    std::int64_t ExpiresIn = 0;
    std::string TokenType = "Bearer";
    std::optional<std::string> RefreshToken;
    std::optional<std::string> IdToken;
};
BOOST_DESCRIBE_STRUCT(AuthenticationResultType, (), (AccessToken, ExpiresIn, TokenType, RefreshToken, IdToken))

/// A challenge, or the tokens: the answer of both operations.
struct AuthResponse {
    std::optional<ChallengeNameType> ChallengeName;
    std::optional<std::string> Session;
    StringMap ChallengeParameters;
    std::optional<AuthenticationResultType> AuthenticationResult;
};
BOOST_DESCRIBE_STRUCT(AuthResponse, (), (ChallengeName, Session, ChallengeParameters, AuthenticationResult))

Task<AuthResponse> initiate_auth(Call call, InitiateAuthRequest in);
Task<AuthResponse> respond_to_auth_challenge(Call call, RespondToAuthChallengeRequest in);

std::span<const Operation> auth_operations();

}  // namespace symbolon::aws
