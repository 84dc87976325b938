#include "directory/pool_rules.hpp"

#include "base/shape/codec.hpp"
#include "directory/refusals.hpp"
#include "directory/stored.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace symbolon::directory {
namespace {

constexpr auto sms_arn = "arn:aws:iam::123456789012:role/sms";
constexpr auto lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:f";

PoolSettings checked(PoolSettings settings) {
    apply_defaults(settings);
    check_pool(settings);
    return settings;
}

std::string refusal_of_pool(const PoolSettings& settings) {
    const auto refusal = refusal_of([&] { checked(settings); });
    EXPECT_EQ(refusal.code, Errc::invalid_parameter);
    return refusal.message;
}

PoolSettings with_sms() {
    PoolSettings settings;
    settings.SmsConfiguration = SmsConfigurationType{.SnsCallerArn = sms_arn, .ExternalId = {}, .SnsRegion = {}};
    return settings;
}

SchemaAttributeType attribute(const char* name) {
    SchemaAttributeType made;
    made.Name = name;
    return made;
}

TEST(PoolDefaults, are_what_describe_shows_of_a_minimal_pool) {
    PoolSettings settings = checked({});
    settings.SchemaAttributes.reset();
    EXPECT_EQ(boost::json::serialize(encode(settings)),
              R"({"Policies":{"PasswordPolicy":{"MinimumLength":8,"RequireUppercase":true,"RequireLowercase":true,)"
              R"("RequireNumbers":true,"RequireSymbols":true,"TemporaryPasswordValidityDays":7},)"
              R"("SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}},"DeletionProtection":"INACTIVE",)"
              R"("LambdaConfig":{},"VerificationMessageTemplate":{"DefaultEmailOption":"CONFIRM_WITH_CODE"},)"
              R"("MfaConfiguration":"OFF","EmailConfiguration":{"EmailSendingAccount":"COGNITO_DEFAULT"},)"
              R"("UserPoolTags":{},"AdminCreateUserConfig":{"AllowAdminCreateUserOnly":false,)"
              R"("UnusedAccountValidityDays":7},"UserPoolTier":"ESSENTIALS",)"
              R"("KeyConfiguration":{"KeyType":"AWS_OWNED_KEY"},"IssuerConfiguration":{"Type":"ORIGINAL"},)"
              R"("AcrConfiguration":{"Level1":{"AcrValue":"urn:cognito:loa:1"},)"
              R"("Level2":{"AcrValue":"urn:cognito:loa:2"},"Level3":{"AcrValue":"urn:cognito:loa:3"},)"
              R"("Level4":{"AcrValue":"urn:cognito:loa:4"}}})");
}

TEST(PoolDefaults, keep_old_and_new_members_of_messages_alike) {
    PoolSettings settings;
    settings.SmsVerificationMessage = "Code {####}";
    settings.VerificationMessageTemplate.emplace().EmailSubject = "Your code";
    settings = checked(settings);
    EXPECT_EQ(settings.VerificationMessageTemplate->SmsMessage->str(), "Code {####}");
    EXPECT_EQ(settings.EmailVerificationSubject->str(), "Your code");

    PoolSettings different;
    different.SmsVerificationMessage = "Code {####}";
    different.VerificationMessageTemplate.emplace().SmsMessage = "Other {####}";
    EXPECT_NE(refusal_of_pool(different), "");
}

TEST(PoolDefaults, show_both_members_of_the_token_trigger) {
    PoolSettings settings;
    settings.LambdaConfig.emplace().PreTokenGeneration = lambda_arn;
    settings = checked(settings);
    EXPECT_EQ(settings.LambdaConfig->PreTokenGenerationConfig->LambdaArn.str(), lambda_arn);
    EXPECT_EQ(settings.LambdaConfig->PreTokenGenerationConfig->LambdaVersion,
              PreTokenGenerationLambdaVersionType::V1_0);
}

TEST(PoolDefaults, refuse_both_ways_to_say_how_long_temporary_passwords_live) {
    PoolSettings settings;
    settings.AdminCreateUserConfig.emplace().UnusedAccountValidityDays = 3;
    EXPECT_EQ(checked(settings).Policies->PasswordPolicy->TemporaryPasswordValidityDays->get(), 3);
    settings.Policies.emplace().PasswordPolicy.emplace().TemporaryPasswordValidityDays = 3;
    EXPECT_EQ(refusal_of_pool(settings),
              "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays");
}

TEST(PoolRules, refuse_aliases_beside_attributes_as_user_names) {
    PoolSettings settings;
    settings.AliasAttributes = List<AliasAttributeType>{AliasAttributeType::email};
    EXPECT_NO_THROW(checked(settings));
    settings.UsernameAttributes = List<UsernameAttributeType>{UsernameAttributeType::phone_number};
    EXPECT_NE(refusal_of_pool(settings), "");
}

TEST(PoolRules, want_a_way_to_send_texts_where_mfa_or_verification_needs_it) {
    PoolSettings settings;
    settings.MfaConfiguration = UserPoolMfaType::ON;
    EXPECT_EQ(refusal_of_pool(settings),
              "SMS configuration and Auto verification for phone_number are required when MFA is required/optional");
    settings = {};
    settings.AutoVerifiedAttributes = List<VerifiedAttributeType>{VerifiedAttributeType::phone_number};
    EXPECT_NE(refusal_of_pool(settings), "");
    settings.SmsConfiguration = with_sms().SmsConfiguration;
    settings.MfaConfiguration = UserPoolMfaType::ON;
    EXPECT_NO_THROW(checked(settings));
}

TEST(PoolRules, want_verification_before_update_only_of_verified_attributes) {
    PoolSettings settings;
    settings.UserAttributeUpdateSettings.emplace().AttributesRequireVerificationBeforeUpdate =
        List<VerifiedAttributeType>{VerifiedAttributeType::email};
    EXPECT_EQ(refusal_of_pool(settings),
              "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes");
    settings.AutoVerifiedAttributes = List<VerifiedAttributeType>{VerifiedAttributeType::email};
    EXPECT_NO_THROW(checked(settings));
}

TEST(PoolRules, let_an_administrator_alone_recover_accounts_or_not_at_all) {
    using Name = RecoveryOptionNameType;
    const auto with = [](List<RecoveryOptionType, 1, 2> options) {
        PoolSettings settings;
        settings.AccountRecoverySetting = AccountRecoverySettingType{std::move(options)};
        return settings;
    };
    EXPECT_NO_THROW(checked(with({RecoveryOptionType{1, Name::admin_only}})));
    EXPECT_NO_THROW(checked(
        with({RecoveryOptionType{1, Name::verified_phone_number}, RecoveryOptionType{2, Name::verified_email}})));
    EXPECT_NE(
        refusal_of_pool(with({RecoveryOptionType{1, Name::admin_only}, RecoveryOptionType{2, Name::verified_email}})),
        "");
    EXPECT_NE(refusal_of_pool(with(
                  {RecoveryOptionType{1, Name::verified_email}, RecoveryOptionType{1, Name::verified_phone_number}})),
              "");
    EXPECT_NE(refusal_of_pool(
                  with({RecoveryOptionType{1, Name::verified_email}, RecoveryOptionType{2, Name::verified_email}})),
              "");
}

TEST(PoolRules, refuse_reserved_tags_and_a_sender_without_its_address) {
    PoolSettings settings;
    settings.UserPoolTags = Tags{{"aws:x", "y"}};
    EXPECT_NE(refusal_of_pool(settings), "");
    settings = {};
    settings.EmailConfiguration.emplace().EmailSendingAccount = EmailSendingAccountType::DEVELOPER;
    EXPECT_NE(refusal_of_pool(settings), "");
}

TEST(PoolUpdate, replaces_everything_but_what_is_fixed_or_kept) {
    PoolSettings settings = with_sms();
    settings.UsernameAttributes = List<UsernameAttributeType>{UsernameAttributeType::phone_number};
    settings.UsernameConfiguration = UsernameConfigurationType{.CaseSensitive = false};
    settings.DeletionProtection = DeletionProtectionType::ACTIVE;
    settings.UserPoolTier = UserPoolTierType::PLUS;
    settings.MfaConfiguration = UserPoolMfaType::ON;
    settings.AutoVerifiedAttributes = List<VerifiedAttributeType>{VerifiedAttributeType::phone_number};
    settings.SmsVerificationMessage = "Code {####}";
    settings.UserPoolTags = Tags{{"a", "b"}};
    settings.Policies.emplace().PasswordPolicy.emplace().MinimumLength = 20;
    settings.AccountRecoverySetting = AccountRecoverySettingType{
        List<RecoveryOptionType, 1, 2>{RecoveryOptionType{1, RecoveryOptionNameType::verified_phone_number}}};
    settings.SchemaAttributes = make_schema(SchemaList{attribute("a")});
    const PoolSettings stored = checked(settings);

    const PoolSettings updated = replaced(stored, PoolOptions{});
    EXPECT_EQ(updated.UsernameAttributes, stored.UsernameAttributes);
    EXPECT_FALSE(updated.UsernameConfiguration->CaseSensitive);
    EXPECT_EQ(updated.SchemaAttributes->size(), 21u);
    EXPECT_EQ(updated.DeletionProtection, DeletionProtectionType::ACTIVE);
    EXPECT_EQ(updated.UserPoolTier, UserPoolTierType::PLUS);
    EXPECT_TRUE(updated.AccountRecoverySetting);
    EXPECT_EQ(updated.MfaConfiguration, UserPoolMfaType::ON);
    EXPECT_TRUE(updated.SmsConfiguration);
    EXPECT_EQ(updated.UserPoolTags, stored.UserPoolTags);
    EXPECT_FALSE(updated.AutoVerifiedAttributes);
    EXPECT_FALSE(updated.SmsVerificationMessage);
}

// What terraform relies on, and what was measured of the service.
TEST(PoolUpdate, keeps_either_policy_that_is_left_out) {
    PoolSettings settings;
    settings.Policies.emplace().PasswordPolicy.emplace().MinimumLength = 20;
    settings.Policies->SignInPolicy =
        SignInPolicyType{List<AuthFactorType, 1, 4>{AuthFactorType::PASSWORD, AuthFactorType::EMAIL_OTP}};
    const PoolSettings stored = checked(settings);
    const auto length = [](const PoolSettings& of) { return of.Policies->PasswordPolicy->MinimumLength->get(); };
    const auto factors = [](const PoolSettings& of) {
        return of.Policies->SignInPolicy->AllowedFirstAuthFactors->size();
    };
    const auto same = replaced(stored, {});
    EXPECT_EQ(length(same), 20);
    EXPECT_EQ(factors(same), 2u);
    PoolOptions update;
    update.Policies.emplace().SignInPolicy.emplace();
    EXPECT_EQ(length(replaced(stored, update)), 20);
    EXPECT_EQ(factors(replaced(stored, update)), 2u) << "a policy that says nothing changes nothing";
    update.Policies->SignInPolicy->AllowedFirstAuthFactors = List<AuthFactorType, 1, 4>{AuthFactorType::PASSWORD};
    EXPECT_EQ(factors(replaced(stored, update)), 1u);
    update = {};
    update.Policies.emplace().PasswordPolicy.emplace().MinimumLength = 10;
    EXPECT_EQ(length(replaced(stored, update)), 10);
    EXPECT_EQ(factors(replaced(stored, update)), 2u);
}

TEST(PoolUpdate, takes_the_days_of_temporary_passwords_from_where_they_are_given) {
    PoolOptions update;
    update.AdminCreateUserConfig.emplace().UnusedAccountValidityDays = 3;
    const auto updated = replaced(checked({}), update);
    EXPECT_EQ(updated.Policies->PasswordPolicy->TemporaryPasswordValidityDays->get(), 3);
    EXPECT_EQ(updated.Policies->PasswordPolicy->MinimumLength->get(), 8);
}

TEST(PoolUpdate, keeps_what_must_be_proven_first_as_far_as_it_is_still_verified) {
    PoolSettings settings = with_sms();
    const List<VerifiedAttributeType> both{VerifiedAttributeType::email, VerifiedAttributeType::phone_number};
    settings.AutoVerifiedAttributes = both;
    settings.UserAttributeUpdateSettings.emplace().AttributesRequireVerificationBeforeUpdate = both;
    const PoolSettings stored = checked(settings);
    PoolOptions update;
    update.AutoVerifiedAttributes = List<VerifiedAttributeType>{VerifiedAttributeType::email};
    EXPECT_EQ(replaced(stored, update).UserAttributeUpdateSettings->AttributesRequireVerificationBeforeUpdate,
              update.AutoVerifiedAttributes);
    update.UserAttributeUpdateSettings.emplace().AttributesRequireVerificationBeforeUpdate.emplace();
    EXPECT_TRUE(
        replaced(stored, update).UserAttributeUpdateSettings->AttributesRequireVerificationBeforeUpdate->empty());
}

TEST(PoolUpdate, ends_threat_protection_that_is_left_out) {
    PoolSettings settings;
    settings.UserPoolTier = UserPoolTierType::PLUS;
    settings.UserPoolAddOns.emplace().AdvancedSecurityMode = AdvancedSecurityModeType::ENFORCED;
    EXPECT_FALSE(replaced(checked(settings), {}).UserPoolAddOns);
}

TEST(PoolUpdate, does_not_choose_how_to_recover_by_sending_back_what_was_shown) {
    const PoolSettings stored = checked({});
    PoolOptions update;
    update.AccountRecoverySetting = recovery_setting(stored);
    EXPECT_FALSE(replaced(stored, update).AccountRecoverySetting);
    using Name = RecoveryOptionNameType;
    update.AccountRecoverySetting = AccountRecoverySettingType{List<RecoveryOptionType, 1, 2>{
        RecoveryOptionType{1, Name::verified_phone_number}, RecoveryOptionType{2, Name::verified_email}}};
    EXPECT_TRUE(replaced(stored, update).AccountRecoverySetting);
    update.AccountRecoverySetting = AccountRecoverySettingType{List<RecoveryOptionType, 1, 2>{
        RecoveryOptionType{1, Name::verified_email}, RecoveryOptionType{1, Name::verified_email}}};
    EXPECT_THROW(replaced(stored, update), Error) << "wrong, and not what was shown";
}

// A code alone is not enough where two factors are required: in the service's words.
TEST(PoolRules, allow_beside_required_mfa_what_is_worth_two_factors) {
    PoolSettings settings = with_sms();
    const auto allow = [&](AuthFactorType other) {
        settings.Policies.emplace().SignInPolicy.emplace().AllowedFirstAuthFactors =
            List<AuthFactorType, 1, 4>{AuthFactorType::PASSWORD, other};
    };
    for (const auto code : {AuthFactorType::EMAIL_OTP, AuthFactorType::SMS_OTP}) {
        allow(code);
        settings.MfaConfiguration = UserPoolMfaType::OPTIONAL;
        EXPECT_NO_THROW(checked(settings));
        settings.MfaConfiguration = UserPoolMfaType::ON;
        EXPECT_EQ(refusal_of_pool(settings),
                  "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled");
    }
    allow(AuthFactorType::WEB_AUTHN);
    EXPECT_EQ(refusal_of_pool(settings),
              "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA");
    settings.WebAuthnConfiguration.emplace().FactorConfiguration =
        WebAuthnFactorConfigurationType::MULTI_FACTOR_WITH_USER_VERIFICATION;
    EXPECT_NO_THROW(checked(settings));
    settings = {};
    allow(AuthFactorType::SMS_OTP);
    EXPECT_EQ(refusal_of_pool(settings),
              "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration");
}

TEST(PoolUpdate, checks_what_it_makes) {
    PoolOptions update;
    update.MfaConfiguration = UserPoolMfaType::ON;
    EXPECT_EQ(refusal_of([&] { replaced(checked({}), update); }).code, Errc::invalid_parameter);
}

TEST(PoolMfa, is_turned_on_with_a_factor_and_off_without_one) {
    const PoolSettings stored = checked({});
    MfaSettings given;
    given.MfaConfiguration = UserPoolMfaType::ON;
    EXPECT_EQ(message_of([&] { with_mfa(stored, given); }),
              "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.");
    given.SmsMfaConfiguration =
        SmsMfaConfigType{.SmsAuthenticationMessage = "MFA {####}", .SmsConfiguration = with_sms().SmsConfiguration};
    const PoolSettings on = with_mfa(stored, given);
    EXPECT_EQ(on.MfaConfiguration, UserPoolMfaType::ON);
    EXPECT_EQ(mfa_of(on).SmsMfaConfiguration->SmsAuthenticationMessage->str(), "MFA {####}");

    given.MfaConfiguration = UserPoolMfaType::OFF;
    EXPECT_EQ(message_of([&] { with_mfa(on, given); }),
              "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
    MfaSettings off;
    EXPECT_EQ(with_mfa(on, off).MfaConfiguration, UserPoolMfaType::OFF);
}

TEST(PoolMfa, by_text_wants_a_way_to_send_texts) {
    MfaSettings given;
    given.MfaConfiguration = UserPoolMfaType::OPTIONAL;
    given.SmsMfaConfiguration.emplace();
    EXPECT_EQ(refusal_of([&] { with_mfa(checked({}), given); }).code, Errc::invalid_parameter);
}

TEST(PoolMfa, of_a_fresh_pool_is_off_and_nothing_else) {
    EXPECT_EQ(boost::json::serialize(encode(mfa_of(checked({})))), R"({"MfaConfiguration":"OFF"})");
}

TEST(PoolMfa, drops_other_factors_when_it_is_turned_off) {
    MfaSettings given;
    given.MfaConfiguration = UserPoolMfaType::ON;
    given.SoftwareTokenMfaConfiguration = SoftwareTokenMfaConfigType{true};
    const PoolSettings on = with_mfa(checked({}), given);
    EXPECT_TRUE(on.SoftwareTokenMfaConfiguration);
    EXPECT_FALSE(with_mfa(on, {}).SoftwareTokenMfaConfiguration);
}

TEST(PoolSchema, is_the_standard_one_in_describe_order) {
    const auto schema = make_schema(std::nullopt);
    ASSERT_EQ(schema.size(), 20u);
    EXPECT_EQ(schema[0].Name->str(), "sub");
    EXPECT_EQ(schema[10].Name->str(), "email");
    EXPECT_EQ(schema[13].Name->str(), "birthdate");
    EXPECT_EQ(schema[19].Name->str(), "updated_at");
    EXPECT_EQ(boost::json::serialize(encode(schema[0])),
              R"({"Name":"sub","AttributeDataType":"String","DeveloperOnlyAttribute":false,"Mutable":false,)"
              R"("Required":true,"StringAttributeConstraints":{"MinLength":"1","MaxLength":"2048"}})");
    EXPECT_EQ(boost::json::serialize(encode(schema[11])),
              R"({"Name":"email_verified","AttributeDataType":"Boolean","DeveloperOnlyAttribute":false,)"
              R"("Mutable":true,"Required":false})");
    EXPECT_EQ(boost::json::serialize(encode(schema[19])),
              R"({"Name":"updated_at","AttributeDataType":"Number","DeveloperOnlyAttribute":false,"Mutable":true,)"
              R"("Required":false,"NumberAttributeConstraints":{"MinValue":"0"}})");
}

TEST(PoolSchema, takes_what_a_pool_overrides_and_adds) {
    SchemaAttributeType email = attribute("email");
    email.Required = true;
    SchemaAttributeType number = attribute("n");
    number.AttributeDataType = AttributeDataType::Number;
    SchemaAttributeType hidden = attribute("h");
    hidden.DeveloperOnlyAttribute = true;
    const auto schema = make_schema(SchemaList{email, attribute("a"), number, hidden});
    ASSERT_EQ(schema.size(), 23u);
    EXPECT_EQ(schema[10].Required, true);
    EXPECT_EQ(boost::json::serialize(encode(schema[20])),
              R"({"Name":"custom:a","AttributeDataType":"String","DeveloperOnlyAttribute":false,"Mutable":true,)"
              R"("Required":false,"StringAttributeConstraints":{}})");
    EXPECT_EQ(schema[21].Name->str(), "custom:n");
    EXPECT_TRUE(schema[21].NumberAttributeConstraints);
    EXPECT_EQ(schema[22].Name->str(), "dev:custom:h");
}

TEST(PoolSchema, refuses_what_the_api_refuses) {
    SchemaAttributeType email = attribute("email");
    email.AttributeDataType = AttributeDataType::Number;
    EXPECT_EQ(message_of([&] { make_schema(SchemaList{email}); }),
              "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email");
    EXPECT_EQ(refusal_of([&] { make_schema(SchemaList{attribute("sub")}); }).code, Errc::invalid_parameter);

    SchemaAttributeType required = attribute("a");
    required.Required = true;
    EXPECT_EQ(message_of([&] { make_schema(SchemaList{required}); }),
              "Required custom attributes are not supported currently.");
    EXPECT_EQ(message_of([&] { make_schema(SchemaList{attribute("a"), attribute("a")}); }),
              "custom:a: Existing attribute already has name custom:a.");
    EXPECT_EQ(message_of([&] { make_schema(SchemaList{attribute("aaaaaaaaaaaaaaaaaaaaa")}); }),
              "1 validation error detected: Value 'aaaaaaaaaaaaaaaaaaaaa' at 'schema.1.member.name' failed to satisfy "
              "constraint: Member must have length less than or equal to 20");
    EXPECT_EQ(message_of([&] { make_schema(SchemaList{SchemaAttributeType{}}); }),
              "1 validation error detected: Value null at 'schema.1.member.name' failed to satisfy constraint: Member "
              "must not be null");
    EXPECT_EQ(refusal_of([&] { make_schema(SchemaList{attribute("a b")}); }).code, Errc::invalid_parameter);
}

TEST(NewUsername, is_a_phone_number_where_the_pool_says_so) {
    PoolSettings settings;
    settings.UsernameAttributes = List<UsernameAttributeType>{UsernameAttributeType::phone_number};
    const auto name = check_new_username(settings, "+14155550123");
    EXPECT_EQ(name.username, "+14155550123");
    EXPECT_EQ(name.attribute, "phone_number");
    for (const char* text : {"alice", "a@b.c", "4155550123", "+1 415 555 0123", "+1415555\u200b0123", "+14155550123\n"})
        EXPECT_EQ(message_of([&] { check_new_username(settings, text); }), "Username should be a phone number.")
            << text;
}

TEST(NewUsername, is_an_email_or_either_where_the_pool_says_so) {
    PoolSettings settings;
    settings.UsernameAttributes = List<UsernameAttributeType>{UsernameAttributeType::email};
    EXPECT_EQ(check_new_username(settings, "Jane@Example.com").username, "Jane@example.com");
    EXPECT_EQ(message_of([&] { check_new_username(settings, "+14155550123"); }), "Username should be an email.");
    settings.UsernameAttributes->push_back(UsernameAttributeType::phone_number);
    EXPECT_EQ(check_new_username(settings, "+14155550123").attribute, "phone_number");
    EXPECT_EQ(message_of([&] { check_new_username(settings, "alice"); }),
              "Username should be either an email or a phone number.");
}

TEST(NewUsername, never_looks_like_an_alias_of_its_pool) {
    PoolSettings settings;
    settings.AliasAttributes = List<AliasAttributeType>{AliasAttributeType::email, AliasAttributeType::phone_number};
    EXPECT_EQ(check_new_username(settings, "alice").username, "alice");
    EXPECT_EQ(message_of([&] { check_new_username(settings, "a@b.c"); }),
              "Username cannot be of email format, since user pool is configured for email alias.");
    EXPECT_EQ(message_of([&] { check_new_username(settings, "+14155550123"); }),
              "Username cannot be of phone number format, since user pool is configured for phone_number alias.");
    EXPECT_EQ(check_new_username({}, "a@b.c").username, "a@b.c");
}

// Attack row 32: no two users whose names look the same.
TEST(NewUsername, has_no_space_and_nothing_that_is_not_seen) {
    for (const char* text : {"al ice", "al\u200bice", "alice\u202e", "al\nice", "alice\u00a0", ""})
        EXPECT_EQ(refusal_of([&] { check_new_username({}, text); }).code, Errc::invalid_parameter) << text;
}

TEST(StoredSettings, come_back_as_they_were) {
    PoolSettings settings = with_sms();
    settings.MfaConfiguration = UserPoolMfaType::ON;
    settings.SchemaAttributes = make_schema(SchemaList{attribute("a")});
    settings.LambdaConfig.emplace().PreTokenGeneration = lambda_arn;
    settings.UserPoolTags = Tags{{"a", "b"}};
    settings = checked(settings);
    const std::string text = to_stored(settings);
    EXPECT_EQ(to_stored(from_stored<PoolSettings>(text, "test")), text);
}

TEST(StoredSettings, that_no_longer_decode_are_a_defect_of_ours) {
    for (const char* text : {"", "[]", "{", R"({"MfaConfiguration":"MAYBE"})", R"({"MfaConfiguration":1})",
                             R"({"UsernameConfiguration":{}})"})
        EXPECT_EQ(refusal_of([&] { from_stored<PoolSettings>(text, "test"); }).code, Errc::internal) << text;
}

}  // namespace
}  // namespace symbolon::directory
