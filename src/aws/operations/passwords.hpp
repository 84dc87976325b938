#pragma once

#include "aws/operation.hpp"
#include "aws/operations/sign_up.hpp"

#include <optional>
#include <span>

/// Operations on one's own password (cognito-api.md §2.12, §3.11).
namespace symbolon::aws {

struct ConfirmForgotPasswordRequest {
    shape::ClientId ClientId;
    shape::Username Username;
    shape::ConfirmationCode ConfirmationCode;
    shape::ChosenPassword Password;
    std::optional<shape::SecretHash> SecretHash;
    std::optional<AnalyticsMetadataType> AnalyticsMetadata;
    std::optional<UserContextDataType> UserContextData;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(ConfirmForgotPasswordRequest, (),
                      (ClientId, Username, ConfirmationCode, Password, SecretHash, AnalyticsMetadata, UserContextData,
                       ClientMetadata))

struct ChangePasswordRequest {
    shape::ChosenPassword ProposedPassword;
    shape::TokenText AccessToken;
    std::optional<shape::GivenPassword> PreviousPassword;
};
BOOST_DESCRIBE_STRUCT(ChangePasswordRequest, (), (ProposedPassword, AccessToken, PreviousPassword))

Task<SendCodeResponse> forgot_password(Call call, SendCodeRequest in);
Task<Empty> confirm_forgot_password(Call call, ConfirmForgotPasswordRequest in);
Task<Empty> change_password(Call call, ChangePasswordRequest in);

std::span<const Operation> password_operations();

}  // namespace symbolon::aws
