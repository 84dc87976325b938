#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <vector>

/// Operations on a user's attributes, by administrators and by the user (cognito-api.md §2.7, §2.8, §4.3 to §4.5).
namespace symbolon::aws {

struct AdminUpdateUserAttributesRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    AttributeList UserAttributes;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(AdminUpdateUserAttributesRequest, (), (UserPoolId, Username, UserAttributes, ClientMetadata))

struct AdminDeleteUserAttributesRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    std::vector<shape::AttributeName> UserAttributeNames;
};
BOOST_DESCRIBE_STRUCT(AdminDeleteUserAttributesRequest, (), (UserPoolId, Username, UserAttributeNames))

struct UpdateUserAttributesRequest {
    AttributeList UserAttributes;
    shape::TokenText AccessToken;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(UpdateUserAttributesRequest, (), (UserAttributes, AccessToken, ClientMetadata))

struct UpdateUserAttributesResponse {
    std::vector<CodeDeliveryDetailsType> CodeDeliveryDetailsList;
};
BOOST_DESCRIBE_STRUCT(UpdateUserAttributesResponse, (), (CodeDeliveryDetailsList))

struct DeleteUserAttributesRequest {
    std::vector<shape::AttributeName> UserAttributeNames;
    shape::TokenText AccessToken;
};
BOOST_DESCRIBE_STRUCT(DeleteUserAttributesRequest, (), (UserAttributeNames, AccessToken))

struct GetUserAttributeVerificationCodeRequest {
    shape::TokenText AccessToken;
    shape::AttributeName AttributeName;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(GetUserAttributeVerificationCodeRequest, (), (AccessToken, AttributeName, ClientMetadata))

struct GetUserAttributeVerificationCodeResponse {
    CodeDeliveryDetailsType CodeDeliveryDetails;
};
BOOST_DESCRIBE_STRUCT(GetUserAttributeVerificationCodeResponse, (), (CodeDeliveryDetails))

struct VerifyUserAttributeRequest {
    shape::TokenText AccessToken;
    shape::AttributeName AttributeName;
    shape::ConfirmationCode Code;
};
BOOST_DESCRIBE_STRUCT(VerifyUserAttributeRequest, (), (AccessToken, AttributeName, Code))

/// Fails, all of them: invalid_parameter (schema, immutable, required), alias_exists.
Task<Empty> admin_update_user_attributes(Call call, AdminUpdateUserAttributesRequest in);
Task<Empty> admin_delete_user_attributes(Call call, AdminDeleteUserAttributesRequest in);
/// Also: not_authorized (not writable), limit_exceeded (codes).
Task<UpdateUserAttributesResponse> update_user_attributes(Call call, UpdateUserAttributesRequest in);
Task<Empty> delete_user_attributes(Call call, DeleteUserAttributesRequest in);
Task<GetUserAttributeVerificationCodeResponse> get_user_attribute_verification_code(
    Call call, GetUserAttributeVerificationCodeRequest in);
/// Also: code_mismatch, code_expired, limit_exceeded.
Task<Empty> verify_user_attribute(Call call, VerifyUserAttributeRequest in);

std::span<const Operation> user_attribute_operations();

}  // namespace symbolon::aws
