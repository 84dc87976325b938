// Tools that keep a configuration as text read back what they sent, and call any other answer a difference; and they
// send the whole of it again for each change. The configurations are those of the Terraform provider's own tests.
#include "aws/house.hpp"

#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::aws {
namespace {

using boost::json::value;

/// Where `sent` is not in `got`, as a path of members; "": all of it came back.
std::string difference(const value& sent, const value& got) {
    if (!sent.is_object()) return sent == got ? std::string() : ": " + boost::json::serialize(got);
    if (!got.is_object()) return " is no object";
    for (const auto& [name, member] : sent.as_object()) {
        const auto* back = got.as_object().if_contains(name);
        if (!back) return "." + std::string(name) + " is missing";
        if (auto found = difference(member, *back); !found.empty()) return "." + std::string(name) + found;
    }
    return {};
}

class ReadBack : public House {
protected:
    object describe(const std::string& pool) {
        return part(call("DescribeUserPool", {{"UserPoolId", pool}}), "UserPool");
    }
    /// What UpdateUserPool takes of what describe shows. The days stand in two places there, of which a request may
    /// fill one.
    object sent_back(const std::string& pool) {
        auto out = describe(pool);
        for (const auto* name : {"Id", "Arn", "Name", "SchemaAttributes", "AliasAttributes", "UsernameConfiguration",
                                 "EstimatedNumberOfUsers", "CreationDate", "LastModifiedDate"})
            out.erase(name);
        out.at("AdminCreateUserConfig").as_object().erase("UnusedAccountValidityDays");
        out["UserPoolId"] = pool;
        return out;
    }
};

const std::vector<std::string_view> pools_of_tools{
    R"({})",
    R"({"UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}})",
    R"({"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}})",
    R"({"Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 24, "RequireLowercase": true,
        "RequireNumbers": false, "RequireSymbols": true, "RequireUppercase": false,
        "TemporaryPasswordValidityDays": 7}}})",
    R"({"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]}}})",
    R"({"MfaConfiguration": "ON", "SmsAuthenticationMessage": "Code {####}", "SmsConfiguration":
        {"SnsCallerArn": "arn:aws:iam::123456789012:role/x", "ExternalId": "test", "SnsRegion": "us-east-1"}})",
    R"({"AutoVerifiedAttributes": ["email"], "UserAttributeUpdateSettings":
        {"AttributesRequireVerificationBeforeUpdate": ["email"]}})",
    R"({"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}})",
    R"({"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1},
        {"Name": "verified_email", "Priority": 2}]}})",
    R"({"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false}})",
    R"({"DeletionProtection": "ACTIVE", "UserPoolTags": {"Name": "Foo"}})",
    R"({"EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT", "ReplyToEmailAddress": "foo.bar@baz"}})",
    R"({"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "ReplyToEmailAddress": "r@example.com",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com", "From": "a@example.com"}})",
    R"({"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true, "InviteMessageTemplate":
        {"EmailMessage": "You are {username}, and the password is {####}. ", "EmailSubject": "FooBar {####}",
         "SMSMessage": "You are {username}, and the password is {####}."}}})",
    R"({"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailMessage": "foo {####} bar",
        "EmailMessageByLink": "{##foobar##}", "EmailSubject": "foobar {####}", "EmailSubjectByLink": "foobar",
        "SmsMessage": "{####} baz"}})",
    R"({"LambdaConfig": {"PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:f",
        "CustomMessage": "arn:aws:lambda:us-east-1:123456789012:function:f"}})",
    R"({"AliasAttributes": ["email", "preferred_username"], "AutoVerifiedAttributes": ["email"],
        "UsernameConfiguration": {"CaseSensitive": false}})",
};

TEST_F(ReadBack, what_is_set_of_a_pool_comes_back_and_may_be_sent_again) {
    for (const auto settings : pools_of_tools) {
        SCOPED_TRACE(settings);
        const auto sent = parse(settings);
        const auto pool = add_pool(sent);
        const auto shown = describe(pool);
        EXPECT_EQ(difference(sent, shown), "");
        call("UpdateUserPool", sent_back(pool));
        EXPECT_EQ(describe(pool), shown) << "what was read was sent again";
    }
}

const std::vector<std::string_view> clients_of_tools{
    R"({})",
    R"({"ExplicitAuthFlows": [], "CallbackURLs": [], "LogoutURLs": [], "AllowedOAuthFlows": [],
        "AllowedOAuthScopes": [], "SupportedIdentityProviders": []})",
    R"({"ReadAttributes": ["email"], "WriteAttributes": ["email"], "RefreshTokenValidity": 300,
        "ExplicitAuthFlows": ["CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
        "PreventUserExistenceErrors": "LEGACY", "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthFlowsUserPoolClient": true, "DefaultRedirectURI": "https://www.example.com/redirect",
        "AllowedOAuthScopes": ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"],
        "CallbackURLs": ["https://www.example.com/callback", "https://www.example.com/redirect"],
        "LogoutURLs": ["https://www.example.com/login"]})",
    R"({"TokenValidityUnits": {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"},
        "AccessTokenValidity": 1, "IdTokenValidity": 1, "RefreshTokenValidity": 1})",
    R"({"AnalyticsConfiguration": {"ApplicationId": "0123456789abcdef0123456789abcdef", "ExternalId": "e",
        "RoleArn": "arn:aws:iam::123456789012:role/x"}})",
    R"({"EnableTokenRevocation": false, "AuthSessionValidity": 15})",
    R"({"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
        "ExplicitAuthFlows": ["ALLOW_USER_AUTH"]})",
};

TEST_F(ReadBack, what_is_set_of_a_client_comes_back_and_may_be_sent_again) {
    const auto pool = add_pool();
    for (const auto settings : clients_of_tools) {
        SCOPED_TRACE(settings);
        const auto sent = parse(settings);
        const object base{{"UserPoolId", pool}, {"ClientName", "x"}};
        const auto made = part(call("CreateUserPoolClient", with(base, sent)), "UserPoolClient");
        auto wanted = sent;
        for (const auto& [name, member] : sent) {  // the service shows no empty lists either
            if (member.is_array() && member.as_array().empty()) wanted.erase(name);
        }
        EXPECT_EQ(difference(wanted, made), "");
        const object key{{"UserPoolId", pool}, {"ClientId", made.at("ClientId")}};
        EXPECT_EQ(part(call("DescribeUserPoolClient", key), "UserPoolClient"), made);
        auto again = made;
        for (const auto name : {"ClientSecret", "ClientType", "CreationDate", "LastModifiedDate"}) again.erase(name);
        call("UpdateUserPoolClient", again);
        EXPECT_EQ(part(call("DescribeUserPoolClient", key), "UserPoolClient"), made) << "what was read was sent again";
    }
}

TEST_F(ReadBack, what_is_set_of_second_factors_comes_back_and_survives_a_change_of_the_pool) {
    const std::vector<std::string_view> factors{
        R"({"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true}})",
        R"({"MfaConfiguration": "ON", "SmsMfaConfiguration": {"SmsAuthenticationMessage": "Code {####}",
            "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/x", "ExternalId": "test"}},
            "SoftwareTokenMfaConfiguration": {"Enabled": false}})",
        R"({"MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {"Message": "x {####}", "Subject": "s"}})",
        R"({"MfaConfiguration": "OFF", "WebAuthnConfiguration": {"RelyingPartyId": "id.example",
            "UserVerification": "preferred"}})",
    };
    for (const auto settings : factors) {
        SCOPED_TRACE(settings);
        const auto sent = parse(settings);
        const auto pool = add_pool(parse(R"({"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com"}})"));
        call("SetUserPoolMfaConfig", with(sent, {{"UserPoolId", pool}}));
        const auto shown = call("GetUserPoolMfaConfig", {{"UserPoolId", pool}});
        EXPECT_EQ(difference(sent, shown), "");
        call("UpdateUserPool", sent_back(pool));
        EXPECT_EQ(call("GetUserPoolMfaConfig", {{"UserPoolId", pool}}), shown);
    }
}

}  // namespace
}  // namespace symbolon::aws
