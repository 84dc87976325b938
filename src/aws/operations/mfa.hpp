#pragma once

#include "aws/operation.hpp"
#include "aws/operations/tokens.hpp"
#include "aws/operations/users.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on the second factors of users (cognito-api.md §2.10, §3.9).
namespace symbolon::aws {

namespace shape {
using SoftwareTokenCode = Text<struct SoftwareTokenCodeTag, 6, 6, pattern::digits, Sensitivity::sensitive>;
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(VerifySoftwareTokenResponseType, ERROR, SUCCESS)

struct SMSMfaSettingsType {
    std::optional<bool> Enabled;
    std::optional<bool> PreferredMfa;
};
BOOST_DESCRIBE_STRUCT(SMSMfaSettingsType, (), (Enabled, PreferredMfa))
using SoftwareTokenMfaSettingsType = SMSMfaSettingsType;
using EmailMfaSettingsType = SMSMfaSettingsType;

struct WebAuthnMfaSettingsType {
    std::optional<bool> Enabled;
};
BOOST_DESCRIBE_STRUCT(WebAuthnMfaSettingsType, (), (Enabled))

/// What both SetUserMFAPreference and AdminSetUserMFAPreference take.
struct MfaPreferenceRequest {
    std::optional<SMSMfaSettingsType> SMSMfaSettings;
    std::optional<SoftwareTokenMfaSettingsType> SoftwareTokenMfaSettings;
    std::optional<EmailMfaSettingsType> EmailMfaSettings;
    std::optional<WebAuthnMfaSettingsType> WebAuthnMfaSettings;
};
BOOST_DESCRIBE_STRUCT(MfaPreferenceRequest, (),
                      (SMSMfaSettings, SoftwareTokenMfaSettings, EmailMfaSettings, WebAuthnMfaSettings))

struct SetUserMFAPreferenceRequest : MfaPreferenceRequest {
    shape::TokenText AccessToken;
};
BOOST_DESCRIBE_STRUCT(SetUserMFAPreferenceRequest, (MfaPreferenceRequest), (AccessToken))

struct AdminSetUserMFAPreferenceRequest : MfaPreferenceRequest {
    shape::Username Username;
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(AdminSetUserMFAPreferenceRequest, (MfaPreferenceRequest), (Username, UserPoolId))

struct SetUserSettingsRequest {
    shape::TokenText AccessToken;
    std::vector<MFAOptionType> MFAOptions;
};
BOOST_DESCRIBE_STRUCT(SetUserSettingsRequest, (), (AccessToken, MFAOptions))

struct AdminSetUserSettingsRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    std::vector<MFAOptionType> MFAOptions;
};
BOOST_DESCRIBE_STRUCT(AdminSetUserSettingsRequest, (), (UserPoolId, Username, MFAOptions))

struct UserAuthFactorsResponse {
    std::string Username;
    std::optional<std::string> PreferredMfaSetting;
    std::optional<std::vector<std::string>> UserMFASettingList;
    std::vector<directory::AuthFactorType> ConfiguredUserAuthFactors;
};
BOOST_DESCRIBE_STRUCT(UserAuthFactorsResponse, (),
                      (Username, PreferredMfaSetting, UserMFASettingList, ConfiguredUserAuthFactors))

struct AssociateSoftwareTokenRequest {
    std::optional<shape::TokenText> AccessToken;
    std::optional<shape::Session> Session;
};
BOOST_DESCRIBE_STRUCT(AssociateSoftwareTokenRequest, (), (AccessToken, Session))

struct AssociateSoftwareTokenResponse {
    std::string SecretCode;
    std::optional<std::string> Session;
};
BOOST_DESCRIBE_STRUCT(AssociateSoftwareTokenResponse, (), (SecretCode, Session))

struct VerifySoftwareTokenRequest {
    std::optional<shape::TokenText> AccessToken;
    std::optional<shape::Session> Session;
    shape::SoftwareTokenCode UserCode;
    std::optional<shape::PlainString> FriendlyDeviceName;
};
BOOST_DESCRIBE_STRUCT(VerifySoftwareTokenRequest, (), (AccessToken, Session, UserCode, FriendlyDeviceName))

struct VerifySoftwareTokenResponse {
    VerifySoftwareTokenResponseType Status{};
    std::optional<std::string> Session;
};
BOOST_DESCRIBE_STRUCT(VerifySoftwareTokenResponse, (), (Status, Session))

/// Fails, both: software_token_not_found (the pool has none), invalid_parameter (not exactly one of access token and
/// session), not_authorized (session).
Task<AssociateSoftwareTokenResponse> associate_software_token(Call call, AssociateSoftwareTokenRequest in);
/// Also: software_token_mismatch.
Task<VerifySoftwareTokenResponse> verify_software_token(Call call, VerifySoftwareTokenRequest in);
/// Fails: invalid_parameter.
Task<Empty> set_user_mfa_preference(Call call, SetUserMFAPreferenceRequest in);
/// Also: user_not_confirmed, password_reset_required.
Empty admin_set_user_mfa_preference(Scope scope, const AdminSetUserMFAPreferenceRequest& in);
/// Fails, both: invalid_parameter.
Task<Empty> set_user_settings(Call call, SetUserSettingsRequest in);
Empty admin_set_user_settings(Scope scope, const AdminSetUserSettingsRequest& in);
Task<UserAuthFactorsResponse> get_user_auth_factors(Call call, AccessTokenRequest in);
UserAuthFactorsResponse admin_get_user_auth_factors(Scope scope, const AdminUserRequest& in);
/// Fails: user_not_confirmed.
Empty admin_delete_software_token(Scope scope, const AdminUserRequest& in);

std::span<const Operation> mfa_operations();

}  // namespace symbolon::aws
