#include "aws/samples.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace symbolon::aws {
namespace {

constexpr std::string_view pool_alone = R"({"UserPoolId": "$pool"})";
constexpr std::string_view pool_and_client = R"({"UserPoolId": "$pool", "ClientId": "$client"})";
constexpr std::string_view pool_and_user = R"({"UserPoolId": "$pool", "Username": "$user"})";
constexpr std::string_view pool_and_server = R"({"UserPoolId": "$pool", "Identifier": "$server"})";
constexpr std::string_view pool_and_named_server =
    R"({"UserPoolId": "$pool", "Identifier": "$server", "Name": "Server"})";
constexpr std::string_view pool_and_domain = R"({"UserPoolId": "$pool", "Domain": "$domain"})";
constexpr std::string_view client_and_user = R"({"ClientId": "$client", "Username": "$user"})";
constexpr std::string_view pool_and_job = R"({"UserPoolId": "$pool", "JobId": "import-1"})";
constexpr std::string_view pool_and_style =
    R"({"UserPoolId": "$pool", "ManagedLoginBrandingId": "11111111-1111-4111-8111-111111111111"})";
constexpr std::string_view pool_and_terms =
    R"({"UserPoolId": "$pool", "TermsId": "11111111-1111-4111-8111-111111111111"})";
constexpr std::string_view own_device = R"({"AccessToken": "$token", "DeviceKey": "us-east-1_0"})";
constexpr std::string_view device_of_user =
    R"({"UserPoolId": "$pool", "Username": "$user", "DeviceKey": "us-east-1_0"})";
constexpr std::string_view token_alone = R"({"AccessToken": "$token"})";

constexpr std::string_view pool_and_group = R"({"UserPoolId": "$pool", "GroupName": "group"})";
constexpr std::string_view pool_user_and_group =
    R"({"UserPoolId": "$pool", "Username": "$user", "GroupName": "group"})";
constexpr std::string_view pool_and_provider = R"({"UserPoolId": "$pool", "ProviderName": "Provider"})";
constexpr std::string_view pool_and_region = R"({"UserPoolId": "$pool", "RegionName": "eu-west-1"})";
constexpr std::string_view category =
    R"({"LimitDefinition": {"LimitClass": "API_CATEGORY", "Attributes": {"Category": "UserRead"}}})";

constexpr std::array all_samples{
    Sample{"CreateUserPool", R"({"PoolName": "name"})", "MfaConfiguration DeletionProtection"},
    Sample{"DescribeUserPool", pool_alone, ""},
    Sample{"UpdateUserPool", pool_alone, "PoolName MfaConfiguration DeletionProtection"},
    Sample{"DeleteUserPool", pool_alone, ""},
    Sample{"ListUserPools", R"({"MaxResults": 1})", "NextToken"},
    Sample{"GetUserPoolMfaConfig", pool_alone, ""},
    Sample{"SetUserPoolMfaConfig", pool_alone, "MfaConfiguration"},
    Sample{"CreateUserPoolClient", R"({"UserPoolId": "$pool", "ClientName": "name"})",
           "GenerateSecret ClientSecret AuthSessionValidity RefreshTokenValidity AccessTokenValidity IdTokenValidity "
           "DefaultRedirectURI PreventUserExistenceErrors EnableTokenRevocation"},
    Sample{"DescribeUserPoolClient", pool_and_client, ""},
    Sample{"UpdateUserPoolClient", pool_and_client, "ClientName AuthSessionValidity RefreshTokenValidity"},
    Sample{"DeleteUserPoolClient", pool_and_client, ""},
    Sample{"ListUserPoolClients", pool_alone, "MaxResults NextToken"},
    Sample{"CreateUserPoolDomain", pool_and_domain, ""},
    Sample{"DescribeUserPoolDomain", R"({"Domain": "$domain"})", ""},
    Sample{"UpdateUserPoolDomain", pool_and_domain, ""},
    Sample{"DeleteUserPoolDomain", pool_and_domain, ""},
    Sample{"CreateResourceServer", pool_and_named_server, ""},
    Sample{"DescribeResourceServer", pool_and_server, ""},
    Sample{"UpdateResourceServer", pool_and_named_server, ""},
    Sample{"DeleteResourceServer", pool_and_server, ""},
    Sample{"ListResourceServers", pool_alone, "MaxResults NextToken"},
    Sample{"AdminCreateUser", pool_and_user, "TemporaryPassword MessageAction ForceAliasCreation"},
    Sample{"AdminGetUser", pool_and_user, ""},
    Sample{"AdminDeleteUser", pool_and_user, ""},
    Sample{"AdminConfirmSignUp", pool_and_user, ""},
    Sample{"AdminSetUserPassword", R"({"UserPoolId": "$pool", "Username": "$user", "Password": "Correct-Horse-7"})",
           "Permanent"},
    Sample{"AdminResetUserPassword", pool_and_user, ""},
    Sample{"AdminDisableUser", pool_and_user, ""},
    Sample{"AdminEnableUser", pool_and_user, ""},
    Sample{"AdminUserGlobalSignOut", pool_and_user, ""},
    Sample{"AdminUpdateUserAttributes", R"({"UserPoolId": "$pool", "Username": "$user", "UserAttributes": []})", ""},
    Sample{"AdminDeleteUserAttributes", R"({"UserPoolId": "$pool", "Username": "$user", "UserAttributeNames": []})",
           ""},
    Sample{"AdminSetUserMFAPreference", pool_and_user, ""},
    Sample{"AdminSetUserSettings", R"({"UserPoolId": "$pool", "Username": "$user", "MFAOptions": []})", ""},
    Sample{"AdminGetUserAuthFactors", pool_and_user, ""},
    Sample{"AdminDeleteSoftwareToken", pool_and_user, ""},
    Sample{"ListUsers", pool_alone, "Limit PaginationToken Filter"},
    Sample{"SignUp", client_and_user, "Password SecretHash"},
    Sample{"ConfirmSignUp", R"({"ClientId": "$client", "Username": "$user", "ConfirmationCode": "123456"})",
           "SecretHash ForceAliasCreation Session"},
    Sample{"ResendConfirmationCode", client_and_user, "SecretHash"},
    Sample{"GetUser", token_alone, ""},
    Sample{"DeleteUser", token_alone, ""},
    Sample{"UpdateUserAttributes", R"({"UserAttributes": [], "AccessToken": "$token"})", ""},
    Sample{"DeleteUserAttributes", R"({"UserAttributeNames": [], "AccessToken": "$token"})", ""},
    Sample{"GetUserAttributeVerificationCode", R"({"AccessToken": "$token", "AttributeName": "email"})", ""},
    Sample{"VerifyUserAttribute", R"({"AccessToken": "$token", "AttributeName": "email", "Code": "123456"})", ""},
    Sample{"AssociateSoftwareToken", "{}", "AccessToken Session"},
    Sample{"VerifySoftwareToken", R"({"UserCode": "123456"})", "AccessToken Session FriendlyDeviceName"},
    Sample{"SetUserMFAPreference", token_alone, ""},
    Sample{"SetUserSettings", R"({"AccessToken": "$token", "MFAOptions": []})", ""},
    Sample{"GetUserAuthFactors", token_alone, ""},
    Sample{"InitiateAuth", R"({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "$client"})", "Session"},
    Sample{"RespondToAuthChallenge", R"({"ClientId": "$client", "ChallengeName": "SMS_MFA"})", "Session"},
    Sample{"AdminInitiateAuth",
           R"({"UserPoolId": "$pool", "ClientId": "$client", "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"})", "Session"},
    Sample{"AdminRespondToAuthChallenge",
           R"({"UserPoolId": "$pool", "ClientId": "$client", "ChallengeName": "SMS_MFA"})", "Session"},
    Sample{"ForgotPassword", client_and_user, "SecretHash"},
    Sample{"ConfirmForgotPassword",
           R"({"ClientId": "$client", "Username": "$user", "ConfirmationCode": "123456",
               "Password": "Correct-Horse-7"})",
           "SecretHash"},
    Sample{"ChangePassword", R"({"ProposedPassword": "Correct-Horse-7", "AccessToken": "$token"})", "PreviousPassword"},
    Sample{"RevokeToken", R"({"Token": "$token", "ClientId": "$client"})", "ClientSecret"},
    Sample{"GlobalSignOut", token_alone, ""},
    Sample{"ConfirmDevice", own_device, "DeviceName"},
    Sample{"UpdateDeviceStatus", own_device, "DeviceRememberedStatus"},
    Sample{"ForgetDevice", own_device, ""},
    Sample{"GetDevice", own_device, ""},
    Sample{"ListDevices", token_alone, "Limit PaginationToken"},
    Sample{"AdminGetDevice", device_of_user, ""},
    Sample{"AdminListDevices", pool_and_user, "Limit PaginationToken"},
    Sample{"AdminForgetDevice", device_of_user, ""},
    Sample{"AdminUpdateDeviceStatus", device_of_user, "DeviceRememberedStatus"},
    Sample{"StartWebAuthnRegistration", token_alone, ""},
    Sample{"CompleteWebAuthnRegistration", R"({"AccessToken": "$token", "Credential": {}})", ""},
    Sample{"ListWebAuthnCredentials", token_alone, "NextToken MaxResults"},
    Sample{"DeleteWebAuthnCredential", R"({"AccessToken": "$token", "CredentialId": "AAAA"})", ""},
    Sample{"AdminListUserAuthEvents", pool_and_user, "MaxResults NextToken"},
    Sample{"AdminUpdateAuthEventFeedback",
           R"({"UserPoolId": "$pool", "Username": "$user", "EventId": "event", "FeedbackValue": "Valid"})", ""},
    Sample{"UpdateAuthEventFeedback",
           R"({"UserPoolId": "$pool", "Username": "$user", "EventId": "event", "FeedbackToken": "token",
               "FeedbackValue": "Valid"})",
           ""},
    Sample{"AdminListUserSessions", pool_and_user, "NextToken"},
    Sample{"AdminRevokeUserSession", R"({"UserPoolId": "$pool", "Username": "$user", "SessionId": "tkn"})",
           "RevokeAssociatedSessions"},
    Sample{"ListUserSessions", token_alone, "NextToken"},
    Sample{"RevokeUserSession", R"({"AccessToken": "$token", "SessionId": "tkn"})", "RevokeAssociatedSessions"},
    Sample{"GetCSVHeader", pool_alone, ""},
    Sample{"CreateUserImportJob",
           R"({"JobName": "name", "UserPoolId": "$pool",
               "CloudWatchLogsRoleArn": "arn:aws:iam::000000000000:role/logs"})",
           "PasswordHashingAlgorithm"},
    Sample{"DescribeUserImportJob", pool_and_job, ""},
    Sample{"ListUserImportJobs", R"({"UserPoolId": "$pool", "MaxResults": 1})", "PaginationToken"},
    Sample{"StartUserImportJob", pool_and_job, ""},
    Sample{"StopUserImportJob", pool_and_job, ""},
    Sample{"GetUICustomization", pool_alone, "ClientId"},
    Sample{"SetUICustomization", pool_alone, "ClientId CSS ImageFile"},
    Sample{"CreateManagedLoginBranding", pool_and_client, "UseCognitoProvidedValues Settings Assets"},
    Sample{"DescribeManagedLoginBranding", pool_and_style, "ReturnMergedResources"},
    Sample{"DescribeManagedLoginBrandingByClient", pool_and_client, "ReturnMergedResources"},
    Sample{"UpdateManagedLoginBranding", pool_and_style, "UseCognitoProvidedValues Settings Assets"},
    Sample{"DeleteManagedLoginBranding", pool_and_style, ""},
    Sample{"CreateTerms",
           R"({"UserPoolId": "$pool", "ClientId": "$client", "TermsName": "terms-of-use", "TermsSource": "LINK",
               "Enforcement": "NONE"})",
           "Links"},
    Sample{"DescribeTerms", pool_and_terms, ""},
    Sample{"DescribeTermsByClient", R"({"ClientId": "$client", "UserPoolId": "$pool", "TermsName": "terms-of-use"})",
           ""},
    Sample{"ListTerms", pool_alone, "MaxResults NextToken"},
    Sample{"UpdateTerms", pool_and_terms, "TermsName TermsSource Enforcement Links"},
    Sample{"DeleteTerms", pool_and_terms, ""},
    Sample{"DescribeRiskConfiguration", pool_alone, "ClientId"},
    Sample{"SetRiskConfiguration", pool_alone, "ClientId"},
    Sample{"GetLogDeliveryConfiguration", pool_alone, ""},
    Sample{"SetLogDeliveryConfiguration", R"({"UserPoolId": "$pool", "LogConfigurations": []})", ""},
    Sample{"GetTokensFromRefreshToken", R"({"RefreshToken": "$token", "ClientId": "$client"})",
           "ClientSecret DeviceKey"},
    Sample{"GetClientToken", R"({"ClientId": "$client", "Secret": "aaaaaaaaaaaaaaaaaaaaaaaa"})", ""},
    Sample{"AddCustomAttributes", R"({"UserPoolId": "$pool", "CustomAttributes": [{"Name": "color"}]})", ""},
    Sample{"GetSigningCertificate", pool_alone, ""},
    Sample{"GetUserPoolSessionConfiguration", pool_alone, ""},
    Sample{"SetUserPoolSessionConfiguration",
           R"({"UserPoolId": "$pool", "UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 5}})", ""},
    Sample{"CreateUserPoolReplica", pool_and_region, ""},
    Sample{"ListUserPoolReplicas", pool_alone, "NextToken"},
    Sample{"UpdateUserPoolReplica", R"({"UserPoolId": "$pool", "RegionName": "eu-west-1", "Status": "ACTIVE"})", ""},
    Sample{"DeleteUserPoolReplica", pool_and_region, ""},
    Sample{"GetProvisionedLimit", category, ""},
    Sample{"UpdateProvisionedLimit",
           R"({"LimitDefinition": {"LimitClass": "API_CATEGORY", "Attributes": {"Category": "UserRead"}},
               "RequestedLimitValue": 200})",
           ""},
    Sample{"AddUserPoolClientSecret", pool_and_client, "ClientSecret"},
    Sample{"ListUserPoolClientSecrets", pool_and_client, "NextToken"},
    Sample{"DeleteUserPoolClientSecret",
           R"({"UserPoolId": "$pool", "ClientId": "$client", "ClientSecretId": "secret"})", ""},
    Sample{"GetUserPoolClientSessionConfiguration", pool_and_client, ""},
    Sample{"SetUserPoolClientSessionConfiguration",
           R"({"UserPoolId": "$pool", "ClientId": "$client", "SSOSession": {"MaxValidityMinutes": 5}})", ""},
    Sample{"CreateIdentityProvider",
           R"({"UserPoolId": "$pool", "ProviderName": "Provider", "ProviderType": "OIDC", "ProviderDetails": {}})", ""},
    Sample{"DescribeIdentityProvider", pool_and_provider, ""},
    Sample{"UpdateIdentityProvider", pool_and_provider, ""},
    Sample{"DeleteIdentityProvider", pool_and_provider, ""},
    Sample{"ListIdentityProviders", pool_alone, "MaxResults NextToken"},
    Sample{"GetIdentityProviderByIdentifier", R"({"UserPoolId": "$pool", "IdpIdentifier": "example.com"})", ""},
    Sample{"AdminLinkProviderForUser",
           R"({"UserPoolId": "$pool",
               "DestinationUser": {"ProviderName": "Cognito", "ProviderAttributeValue": "$user"},
               "SourceUser": {"ProviderName": "Provider", "ProviderAttributeValue": "subject"}})",
           ""},
    Sample{"AdminDisableProviderForUser",
           R"({"UserPoolId": "$pool", "User": {"ProviderName": "Cognito", "ProviderAttributeValue": "$user"}})", ""},
    Sample{"CreateGroup", pool_and_group, "Description RoleArn Precedence"},
    Sample{"GetGroup", pool_and_group, ""},
    Sample{"UpdateGroup", pool_and_group, "Description RoleArn Precedence"},
    Sample{"DeleteGroup", pool_and_group, ""},
    Sample{"ListGroups", pool_alone, "Limit NextToken"},
    Sample{"ListUsersInGroup", pool_and_group, "Limit NextToken"},
    Sample{"AdminAddUserToGroup", pool_user_and_group, ""},
    Sample{"AdminRemoveUserFromGroup", pool_user_and_group, ""},
    Sample{"AdminListGroupsForUser", pool_and_user, "Limit NextToken"},
    Sample{"TagResource",
           R"({"ResourceArn": "arn:aws:cognito-idp:us-east-1:000000000000:userpool/$pool", "Tags": {"a": "b"}})", ""},
    Sample{"UntagResource",
           R"({"ResourceArn": "arn:aws:cognito-idp:us-east-1:000000000000:userpool/$pool", "TagKeys": ["a"]})", ""},
    Sample{"ListTagsForResource", R"({"ResourceArn": "arn:aws:cognito-idp:us-east-1:000000000000:userpool/$pool"})",
           ""},
};

constexpr std::string_view names = R"([\w\s+=,.@-]+)";
constexpr std::string_view no_space = R"([\S]+)";
constexpr std::string_view tokens = "[A-Za-z0-9-_=.]+";
constexpr bool sensitive = true;

// The rules of one operation stand before the general ones of the same name.
const std::array all_rules{
    Rule{"NextToken", "ListUserPoolClientSecrets", Kind::text, 1, 131072, no_space, "a", "a b"},
    Rule{"MaxResults", "ListIdentityProviders", Kind::number, 0, 60},
    Rule{"ProviderName", "CreateIdentityProvider", Kind::text, 0, 32, "", "a"},
    Rule{"ProviderName", "", Kind::text, 1, 32, R"([\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+)", "a", "a\tb"},
    Rule{"ProviderType", "", Kind::choice, 0, 0, "Facebook, Google, LoginWithAmazon, OIDC, SAML, SignInWithApple"},
    Rule{"ProviderDetails", "", Kind::whole},
    Rule{"IdpIdentifier", "", Kind::text, 1, 40, R"([\w\s+=.@-]+)", "a", "a/b"},
    Rule{"DestinationUser", "", Kind::whole},
    Rule{"SourceUser", "", Kind::whole},
    Rule{"User", "", Kind::whole},
    Rule{"CustomAttributes", "", Kind::whole},
    Rule{"TokenSession", "", Kind::whole},
    Rule{"SSOSession", "", Kind::whole},
    Rule{"LimitDefinition", "", Kind::whole},
    Rule{"Tags", "", Kind::whole},
    Rule{"TagKeys", "", Kind::whole},
    Rule{"RequestedLimitValue", "", Kind::whole},
    Rule{"UserSessionTracking", "", Kind::choice, 0, 0, "DISABLED, ENABLED"},
    Rule{"Status", "UpdateUserPoolReplica", Kind::choice, 0, 0, "ACTIVE, INACTIVE"},
    Rule{"RegionName", "", Kind::text, 5, 32, "", "a"},
    Rule{"ClientSecretId", "", Kind::text, 1, 128, "", "a"},
    Rule{"GroupName", "", Kind::text, 1, 128, R"([\p{L}\p{M}\p{S}\p{N}\p{P}]+)", "a", "a b"},
    Rule{"Description", "", Kind::text, 0, 2048, "", "a"},
    Rule{"Precedence", "", Kind::number, 0, 2147483647},
    Rule{"RoleArn", "", Kind::whole},
    Rule{"ResourceArn", "", Kind::whole},
    Rule{"UserPoolId", "", Kind::text, 1, 55, R"([\w-]+_[0-9a-zA-Z]+)", "a", "no-underscore", false, "_a"},
    Rule{"ClientId", "", Kind::text, 1, 128, R"([\w+]+)", "a", "a-b", sensitive},
    Rule{"Username", "", Kind::text, 1, 128, R"([\p{L}\p{M}\p{S}\p{N}\p{P}]+)", "\xC3\xA4", "a b", sensitive},
    Rule{"Password", "AdminSetUserPassword", Kind::text, 0, 256, no_space, "a", "a b", sensitive},
    Rule{"Password", "", Kind::text, 6, 256, no_space, "a", "white space", sensitive},
    Rule{"ProposedPassword", "", Kind::text, 6, 256, no_space, "a", "white space", sensitive},
    Rule{"PreviousPassword", "", Kind::text, 0, 256, no_space, "a", "a b", sensitive},
    Rule{"TemporaryPassword", "", Kind::text, 0, 256, no_space, "a", "a b", sensitive},
    Rule{"ConfirmationCode", "", Kind::text, 1, 2048, no_space, "1", "12 34", sensitive},
    Rule{"Code", "", Kind::text, 1, 2048, no_space, "1", "12 34", sensitive},
    Rule{"UserCode", "", Kind::text, 6, 6, "[0-9]+", "1", "12345a", sensitive},
    Rule{"AttributeName", "", Kind::text, 1, 32, R"([\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+)", "a", "a\xE2\x80\x8B"},
    Rule{"FriendlyDeviceName", "", Kind::text, 0, 131072, "", "a"},
    Rule{"UserAttributes", "", Kind::whole},
    Rule{"UserAttributeNames", "", Kind::whole},
    Rule{"MFAOptions", "", Kind::whole},
    Rule{"SecretHash", "", Kind::text, 1, 128, R"([\w+=/]+)", "a", "a-b", sensitive},
    Rule{"ClientSecret", "", Kind::text, 24, 64, R"([\w+]+)", "a", "aaaaaaaaaaaaaaaaaaaaaaaa-", sensitive},
    Rule{"Session", "", Kind::text, 20, 2048, "", "a", "", sensitive},
    Rule{"AccessToken", "", Kind::text, 0, 0, tokens, "a", "a+b", sensitive},
    Rule{"Token", "", Kind::text, 0, 0, tokens, "a", "a+b", sensitive},
    Rule{"RefreshToken", "", Kind::text, 0, 0, tokens, "a", "a+b", sensitive},
    Rule{"DeviceKey", "", Kind::text, 1, 55, R"([\w-]+_[0-9a-f-]+)", "a", "no-underscore", false, "_a"},
    Rule{"Secret", "", Kind::text, 24, 64, R"([\w+]+)", "a", "aaaaaaaaaaaaaaaaaaaaaaaa-", sensitive},
    Rule{"PoolName", "", Kind::text, 1, 128, names, "a", "a/b"},
    Rule{"ClientName", "", Kind::text, 1, 128, names, "a", "a/b"},
    Rule{"Name", "", Kind::text, 1, 256, names, "a", "a/b"},
    Rule{"Identifier", "", Kind::text, 1, 256, R"([\x21\x23-\x5B\x5D-\x7E]+)", "a", "a b"},
    Rule{"Domain", ""},
    Rule{"DefaultRedirectURI", "", Kind::text, 1, 1024, R"([\p{L}\p{M}\p{S}\p{N}\p{P}]+)", "a", "a b"},
    Rule{"EventId", "", Kind::text, 1, 50, R"([\w+-]+)", "a", "a b"},
    Rule{"FeedbackToken", "", Kind::text, 0, 0, tokens, "a", "a+b", sensitive},
    Rule{"FeedbackValue", "", Kind::choice, 0, 0, "Invalid, Valid"},
    Rule{"SessionId", "", Kind::text, 0, 131072, "", "a"},
    Rule{"RevokeAssociatedSessions", "", Kind::choice, 0, 0, "LINKED, NONE"},
    Rule{"JobName", "", Kind::text, 1, 128, names, "a", "a/b"},
    Rule{"JobId", "", Kind::whole},
    Rule{"CloudWatchLogsRoleArn", "", Kind::whole},
    Rule{"PasswordHashingAlgorithm", "", Kind::choice, 0, 0, "ARGON2ID, BCRYPT, PBKDF2_SHA256, SCRYPT"},
    Rule{"PaginationToken", "ListUserImportJobs", Kind::text, 1, 131072, no_space, "a", "a b"},
    Rule{"CSS", "", Kind::text, 0, 131072, "", "a"},
    Rule{"ImageFile", "", Kind::text, 0, 174764, "", "a"},
    Rule{"ManagedLoginBrandingId", "", Kind::whole},
    Rule{"UseCognitoProvidedValues", "", Kind::flag},
    Rule{"ReturnMergedResources", "", Kind::flag},
    Rule{"Settings", "", Kind::whole},
    Rule{"Assets", "", Kind::whole},
    Rule{"TermsId", "", Kind::whole},
    Rule{"TermsName", "", Kind::whole},
    Rule{"TermsSource", "", Kind::choice, 0, 0, "LINK"},
    Rule{"Enforcement", "", Kind::choice, 0, 0, "NONE"},
    Rule{"Links", "", Kind::whole},
    Rule{"LogConfigurations", "", Kind::whole},
    Rule{"NextToken", "ListTerms", Kind::text, 0, 131072, "", "a"},
    Rule{"MaxResults", "AdminListUserAuthEvents", Kind::number, 0, 60},
    Rule{"NextToken", "", Kind::text, 1, 131072, no_space, "a", "a b"},
    Rule{"PaginationToken", "", Kind::text, 1, 0, no_space, "a", "a b"},
    Rule{"Filter", "", Kind::text, 0, 256, "", "a"},
    Rule{"DeviceName", "", Kind::text, 1, 1024, "", "a"},
    Rule{"Credential", "", Kind::whole},
    Rule{"CredentialId", "", Kind::text, 0, 131072, "", "a"},
    Rule{"MaxResults", "ListWebAuthnCredentials", Kind::number, 0, 20},
    Rule{"MaxResults", "ListResourceServers", Kind::number, 1, 50},
    Rule{"MaxResults", "", Kind::number, 1, 60},
    Rule{"Limit", "", Kind::number, 0, 60},
    Rule{"AuthSessionValidity", "", Kind::number, 3, 15},
    Rule{"RefreshTokenValidity", "", Kind::number, 0, 315360000},
    Rule{"AccessTokenValidity", "", Kind::number, 1, 86400},
    Rule{"IdTokenValidity", "", Kind::number, 1, 86400},
    Rule{"GenerateSecret", "", Kind::flag},
    Rule{"EnableTokenRevocation", "", Kind::flag},
    Rule{"ForceAliasCreation", "", Kind::flag},
    Rule{"Permanent", "", Kind::flag},
    // For a choice the pattern is the list of its words.
    Rule{"MfaConfiguration", "", Kind::choice, 0, 0, "OFF, ON, OPTIONAL"},
    Rule{"DeletionProtection", "", Kind::choice, 0, 0, "ACTIVE, INACTIVE"},
    Rule{"PreventUserExistenceErrors", "", Kind::choice, 0, 0, "ENABLED, LEGACY"},
    Rule{"DeviceRememberedStatus", "", Kind::choice, 0, 0, "not_remembered, remembered"},
    Rule{"MessageAction", "", Kind::choice, 0, 0, "RESEND, SUPPRESS"},
    Rule{"AuthFlow", "", Kind::choice, 0, 0,
         "ADMIN_NO_SRP_AUTH, ADMIN_USER_PASSWORD_AUTH, CUSTOM_AUTH, REFRESH_TOKEN, REFRESH_TOKEN_AUTH, USER_AUTH, "
         "USER_PASSWORD_AUTH, USER_SRP_AUTH"},
    Rule{"ChallengeName", "", Kind::choice, 0, 0,
         "ADMIN_NO_SRP_AUTH, CUSTOM_CHALLENGE, DEVICE_PASSWORD_VERIFIER, DEVICE_SRP_AUTH, EMAIL_OTP, MFA_SETUP, "
         "NEW_PASSWORD_REQUIRED, PASSWORD, PASSWORD_SRP, PASSWORD_VERIFIER, SELECT_CHALLENGE, SELECT_MFA_TYPE, "
         "SMS_MFA, SMS_OTP, SOFTWARE_TOKEN_MFA, WEB_AUTHN"},
};

}  // namespace

std::span<const Sample> samples() {
    return all_samples;
}

const Sample& sample(std::string_view operation) {
    const auto* found =
        std::find_if(all_samples.begin(), all_samples.end(), [&](const Sample& s) { return s.operation == operation; });
    if (found == all_samples.end()) throw std::out_of_range("no sample of " + std::string(operation));
    return *found;
}

boost::json::object fill(const Sample& sample, const Places& places) {
    std::string text(sample.body);
    const std::array<std::pair<std::string_view, const std::string*>, 6> values{{{"$pool", &places.pool},
                                                                                 {"$client", &places.client},
                                                                                 {"$user", &places.user},
                                                                                 {"$server", &places.server},
                                                                                 {"$domain", &places.domain},
                                                                                 {"$token", &places.token}}};
    for (const auto& [place, value] : values) {
        const auto at = text.find(place);
        if (at != std::string::npos) text.replace(at, place.size(), *value);
    }
    return boost::json::parse(text).as_object();
}

const Places& nowhere() {
    static const Places places{.pool = "us-east-1_Nowhere99",
                               .client = "nowherenowherenowherenowhe",
                               .user = "nobody",
                               .server = "https://nowhere.example",
                               .domain = "nowhere",
                               .token = "e30.e30.e30"};
    return places;
}

const Rule& rule(std::string_view operation, std::string_view member) {
    const auto find = [&](std::string_view of) {
        return std::find_if(all_rules.begin(), all_rules.end(),
                            [&](const Rule& r) { return r.member == member && r.operation == of; });
    };
    const auto* own = find(operation);
    const auto* found = own != all_rules.end() ? own : find("");
    if (found == all_rules.end()) throw std::out_of_range("no rule for " + std::string(member));
    return *found;
}

}  // namespace symbolon::aws
