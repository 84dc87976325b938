#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <string>

/// Operations of self sign-up (cognito-api.md §2.8, §3.2).
namespace symbolon::aws {

struct SignUpRequest {
    shape::ClientId ClientId;
    shape::Username Username;
    std::optional<shape::SecretHash> SecretHash;
    std::optional<shape::ChosenPassword> Password;
    std::optional<AttributeList> UserAttributes;
    std::optional<AttributeList> ValidationData;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<UserContextDataType> UserContextData;
    std::optional<StringMap> ClientMetadata;

    /// Who has no password may leave it out or send an empty one (§3.2, 2.).
    static void normalize(boost::json::object& body);
};
BOOST_DESCRIBE_STRUCT(SignUpRequest, (),
                      (ClientId, Username, SecretHash, Password, UserAttributes, ValidationData, AnalyticsMetadata,
                       UserContextData, ClientMetadata))

struct SignUpResponse {
    bool UserConfirmed = false;
    std::string UserSub;
    std::optional<CodeDeliveryDetailsType> CodeDeliveryDetails;
    std::optional<std::string> Session;
};
BOOST_DESCRIBE_STRUCT(SignUpResponse, (), (UserConfirmed, UserSub, CodeDeliveryDetails, Session))

struct ConfirmSignUpRequest {
    shape::ClientId ClientId;
    shape::Username Username;
    shape::ConfirmationCode ConfirmationCode;
    std::optional<shape::SecretHash> SecretHash;
    std::optional<bool> ForceAliasCreation;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<UserContextDataType> UserContextData;
    std::optional<StringMap> ClientMetadata;
    std::optional<shape::Session> Session;
};
BOOST_DESCRIBE_STRUCT(ConfirmSignUpRequest, (),
                      (ClientId, Username, ConfirmationCode, SecretHash, ForceAliasCreation, AnalyticsMetadata,
                       UserContextData, ClientMetadata, Session))

struct ConfirmSignUpResponse {
    std::optional<std::string> Session;
};
BOOST_DESCRIBE_STRUCT(ConfirmSignUpResponse, (), (Session))

/// ResendConfirmationCode and ForgotPassword.
struct SendCodeRequest {
    shape::ClientId ClientId;
    shape::Username Username;
    std::optional<shape::SecretHash> SecretHash;
    std::optional<UserContextDataType> UserContextData;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(SendCodeRequest, (),
                      (ClientId, Username, SecretHash, UserContextData, AnalyticsMetadata, ClientMetadata))

struct SendCodeResponse {
    CodeDeliveryDetailsType CodeDeliveryDetails;
};
BOOST_DESCRIBE_STRUCT(SendCodeResponse, (), (CodeDeliveryDetails))

Task<SignUpResponse> sign_up(Call call, SignUpRequest in);
Task<ConfirmSignUpResponse> confirm_sign_up(Call call, ConfirmSignUpRequest in);
Task<SendCodeResponse> resend_confirmation_code(Call call, SendCodeRequest in);

std::span<const Operation> sign_up_operations();

}  // namespace symbolon::aws
