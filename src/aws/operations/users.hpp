#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations of administrators on users (cognito-api.md §2.7).
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(MessageActionType, RESEND, SUPPRESS)

struct MFAOptionType {
    std::optional<DeliveryMediumType> DeliveryMedium;
    std::optional<std::string> AttributeName;
};
BOOST_DESCRIBE_STRUCT(MFAOptionType, (), (DeliveryMedium, AttributeName))

struct UserType {
    std::string Username;
    AttributeList Attributes;
    Timestamp UserCreateDate;
    Timestamp UserLastModifiedDate;
    bool Enabled = true;
    directory::UserStatus UserStatus{};
    std::optional<std::vector<MFAOptionType>> MFAOptions;
};
BOOST_DESCRIBE_STRUCT(UserType, (),
                      (Username, Attributes, UserCreateDate, UserLastModifiedDate, Enabled, UserStatus, MFAOptions))

struct AdminCreateUserRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    std::optional<AttributeList> UserAttributes;
    std::optional<AttributeList> ValidationData;
    std::optional<shape::GivenPassword> TemporaryPassword;
    std::optional<bool> ForceAliasCreation;
    std::optional<MessageActionType> MessageAction;
    std::optional<std::vector<DeliveryMediumType>> DesiredDeliveryMediums;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(AdminCreateUserRequest, (),
                      (UserPoolId, Username, UserAttributes, ValidationData, TemporaryPassword, ForceAliasCreation,
                       MessageAction, DesiredDeliveryMediums, ClientMetadata))

struct AdminCreateUserResponse {
    UserType User;
};
BOOST_DESCRIBE_STRUCT(AdminCreateUserResponse, (), (User))

struct AdminUserRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
};
BOOST_DESCRIBE_STRUCT(AdminUserRequest, (), (UserPoolId, Username))

struct AdminGetUserResponse {
    std::string Username;
    AttributeList UserAttributes;
    Timestamp UserCreateDate;
    Timestamp UserLastModifiedDate;
    bool Enabled = true;
    directory::UserStatus UserStatus{};
    std::optional<std::vector<MFAOptionType>> MFAOptions;
    std::optional<std::string> PreferredMfaSetting;
    std::optional<std::vector<std::string>> UserMFASettingList;
};
BOOST_DESCRIBE_STRUCT(AdminGetUserResponse, (),
                      (Username, UserAttributes, UserCreateDate, UserLastModifiedDate, Enabled, UserStatus, MFAOptions,
                       PreferredMfaSetting, UserMFASettingList))

/// AdminConfirmSignUp and AdminResetUserPassword.
struct AdminUserChange {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    std::optional<StringMap> ClientMetadata;
};
BOOST_DESCRIBE_STRUCT(AdminUserChange, (), (UserPoolId, Username, ClientMetadata))

struct AdminSetUserPasswordRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    shape::GivenPassword Password;
    std::optional<bool> Permanent;
};
BOOST_DESCRIBE_STRUCT(AdminSetUserPasswordRequest, (), (UserPoolId, Username, Password, Permanent))

struct ListUsersRequest {
    shape::UserPoolId UserPoolId;
    std::optional<std::vector<shape::AttributeName>> AttributesToGet;
    std::optional<shape::QueryLimitOrZero> Limit;
    std::optional<shape::SearchPaginationToken> PaginationToken;
    std::optional<shape::UserFilter> Filter;
};
BOOST_DESCRIBE_STRUCT(ListUsersRequest, (), (UserPoolId, AttributesToGet, Limit, PaginationToken, Filter))

struct ListUsersResponse {
    std::vector<UserType> Users;
    std::optional<std::string> PaginationToken;
};
BOOST_DESCRIBE_STRUCT(ListUsersResponse, (), (Users, PaginationToken))

/// Creates a user in FORCE_CHANGE_PASSWORD and sends the invitation, or sends it again (RESEND); or one without a
/// password, CONFIRMED.
/// Fails: username_exists, alias_exists, invalid_parameter, invalid_password, unsupported_user_state, user_not_found.
Task<AdminCreateUserResponse> admin_create_user(Call call, AdminCreateUserRequest in);
/// Fails, this and all below: resource_not_found, user_not_found.
AdminGetUserResponse admin_get_user(Scope scope, const AdminUserRequest& in);
Task<NoBody> admin_delete_user(Call call, AdminUserRequest in);
Task<Empty> admin_confirm_sign_up(Call call, AdminUserChange in);
/// Also: invalid_password, password_used_before.
Task<Empty> admin_set_user_password(Call call, AdminSetUserPasswordRequest in);
/// Also: not_authorized (the user's state), invalid_parameter (no verified contact).
Task<Empty> admin_reset_user_password(Call call, AdminUserChange in);
Task<Empty> admin_disable_user(Call call, AdminUserRequest in);
Task<Empty> admin_enable_user(Call call, AdminUserRequest in);
Task<Empty> admin_user_global_sign_out(Call call, AdminUserRequest in);
/// Fails: resource_not_found, invalid_parameter (filter, pagination token).
ListUsersResponse list_users(Scope scope, const ListUsersRequest& in);

/// The user's second factors as the API lists them (a passkey is none of these); nothing when there are none.
std::optional<std::vector<std::string>> mfa_settings(const directory::User& user);
std::optional<std::string> preferred_mfa(const directory::User& user);
/// What SetUserSettings turned on; nothing when it did not.
std::optional<std::vector<MFAOptionType>> mfa_options(const directory::User& user);

std::span<const Operation> user_operations();

}  // namespace symbolon::aws
