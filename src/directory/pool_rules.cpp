#include "directory/pool_rules.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/identifiers.hpp"

#include <algorithm>
#include <string>

namespace symbolon::directory {
namespace {

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

template <class E, std::size_t min, std::size_t max>
bool holds(const std::optional<List<E, min, max>>& list, E value) {
    return list && std::find(list->begin(), list->end(), value) != list->end();
}

/// Two members that say the same: what one has, the other gets.
template <class T>
void mirror(std::optional<T>& a, std::optional<T>& b, std::string_view names) {
    if (a && b && *a != *b) refuse("Please use the same value for " + std::string(names) + ".");
    if (!a) a = b;
    if (!b) b = a;
}

void apply_policies(PoolSettings& settings) {
    if (!settings.Policies) settings.Policies.emplace();
    if (!settings.Policies->SignInPolicy || !settings.Policies->SignInPolicy->AllowedFirstAuthFactors)
        settings.Policies->SignInPolicy = SignInPolicyType{List<AuthFactorType, 1, 4>{AuthFactorType::PASSWORD}};

    auto& policy = settings.Policies->PasswordPolicy;
    if (!policy) {
        policy = PasswordPolicyType{.MinimumLength = 8,
                                    .RequireUppercase = true,
                                    .RequireLowercase = true,
                                    .RequireNumbers = true,
                                    .RequireSymbols = true,
                                    .PasswordHistorySize = {},
                                    .TemporaryPasswordValidityDays = {}};
    }
    if (!policy->MinimumLength) policy->MinimumLength = 6;
    for (auto* required :
         {&policy->RequireUppercase, &policy->RequireLowercase, &policy->RequireNumbers, &policy->RequireSymbols})
        if (!*required) *required = false;
}

/// Both members give the days that a temporary password lives; the answer shows them in both.
void apply_temporary_password_days(PoolSettings& settings) {
    auto& config = settings.AdminCreateUserConfig;
    if (!config) config.emplace();
    if (!config->AllowAdminCreateUserOnly) config->AllowAdminCreateUserOnly = false;
    auto& days = settings.Policies->PasswordPolicy->TemporaryPasswordValidityDays;
    if (days && config->UnusedAccountValidityDays)
        refuse("Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays");
    if (!days && config->UnusedAccountValidityDays) days = config->UnusedAccountValidityDays->get();
    if (!days || days->get() == 0) days = 7;
    config->UnusedAccountValidityDays = days->get();
}

void apply_messages(PoolSettings& settings) {
    auto& messages = settings.VerificationMessageTemplate;
    if (!messages) messages.emplace();
    if (!messages->DefaultEmailOption) messages->DefaultEmailOption = DefaultEmailOptionType::CONFIRM_WITH_CODE;
    mirror(settings.SmsVerificationMessage, messages->SmsMessage,
           "SmsVerificationMessage and VerificationMessageTemplate.SmsMessage");
    mirror(settings.EmailVerificationMessage, messages->EmailMessage,
           "EmailVerificationMessage and VerificationMessageTemplate.EmailMessage");
    mirror(settings.EmailVerificationSubject, messages->EmailSubject,
           "EmailVerificationSubject and VerificationMessageTemplate.EmailSubject");
}

void apply_triggers(PoolSettings& settings) {
    if (!settings.LambdaConfig) settings.LambdaConfig.emplace();
    auto& legacy = settings.LambdaConfig->PreTokenGeneration;
    auto& config = settings.LambdaConfig->PreTokenGenerationConfig;
    if (legacy && config && *legacy != config->LambdaArn)
        refuse("PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must be the same.");
    if (legacy && !config) config = {.LambdaVersion = PreTokenGenerationLambdaVersionType::V1_0, .LambdaArn = *legacy};
    if (config) legacy = config->LambdaArn;
}

void check_recovery(const PoolSettings& settings) {
    if (!settings.AccountRecoverySetting || !settings.AccountRecoverySetting->RecoveryMechanisms) return;
    const auto& options = *settings.AccountRecoverySetting->RecoveryMechanisms;
    const auto is_admin = [](const auto& option) { return option.Name == RecoveryOptionNameType::admin_only; };
    if (options.size() > 1 && std::any_of(options.begin(), options.end(), is_admin))
        refuse("Invalid account recovery setting: admin_only can not be combined with other recovery mechanisms.");
    if (options.size() == 2 && (options[0].Name == options[1].Name || options[0].Priority == options[1].Priority))
        refuse("Invalid account recovery setting: names and priorities must be unique.");
    const bool by_email_alone = options.size() == 1 && options[0].Name == RecoveryOptionNameType::verified_email;
    if (settings.EmailMfaConfiguration && by_email_alone)
        refuse("Email MFA can not be configured when email is the only account recovery mechanism.");
}

/// What a pool has that never said: see recovery_setting.
bool is_default_recovery(const std::optional<AccountRecoverySettingType>& setting) {
    if (!setting || !setting->RecoveryMechanisms || setting->RecoveryMechanisms->size() != 2) return false;
    const auto says = [&](int priority, RecoveryOptionNameType name) {
        return std::ranges::any_of(*setting->RecoveryMechanisms, [&](const RecoveryOptionType& option) {
            return option.Priority.get() == priority && option.Name == name;
        });
    };
    return says(1, RecoveryOptionNameType::verified_email) && says(2, RecoveryOptionNameType::verified_phone_number);
}

void check_mfa(const PoolSettings& settings) {
    const bool possible = settings.MfaConfiguration && settings.MfaConfiguration != UserPoolMfaType::OFF;
    const bool other_factor = settings.SoftwareTokenMfaConfiguration || settings.EmailMfaConfiguration;
    if (possible && !settings.SmsConfiguration && !other_factor)
        refuse("SMS configuration and Auto verification for phone_number are required when MFA is required/optional");
    const auto account = settings.EmailConfiguration ? settings.EmailConfiguration->EmailSendingAccount : std::nullopt;
    if (settings.EmailMfaConfiguration && account != EmailSendingAccountType::DEVELOPER)
        refuse(
            "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of "
            "COGNITO_DEFAULT");
}

/// Where two factors are required, a code alone is not enough, and a passkey only where it counts for both.
void check_first_factors(const PoolSettings& settings) {
    if (!settings.Policies || !settings.Policies->SignInPolicy) return;
    const auto& allowed = settings.Policies->SignInPolicy->AllowedFirstAuthFactors;
    if (!holds(allowed, AuthFactorType::PASSWORD)) refuse("AllowedFirstAuthFactors must contain PASSWORD.");
    if (holds(allowed, AuthFactorType::SMS_OTP) && !settings.SmsConfiguration)
        refuse("SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration");
    if (settings.MfaConfiguration != UserPoolMfaType::ON) return;
    if (holds(allowed, AuthFactorType::EMAIL_OTP) || holds(allowed, AuthFactorType::SMS_OTP))
        refuse("Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled");
    const bool counts_for_both =
        settings.WebAuthnConfiguration && settings.WebAuthnConfiguration->FactorConfiguration ==
                                              WebAuthnFactorConfigurationType::MULTI_FACTOR_WITH_USER_VERIFICATION;
    if (holds(allowed, AuthFactorType::WEB_AUTHN) && !counts_for_both)
        refuse("WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA");
}

void check_sms(const PoolSettings& settings) {
    const auto& sms = settings.SmsConfiguration;
    if (sms && !sms->SnsCallerArn && !sms->EumsSms) refuse("SmsConfiguration requires SnsCallerArn or EumsSms.");
}

void check_keys(const PoolSettings& settings) {
    if (!settings.KeyConfiguration) return;
    const bool own = settings.KeyConfiguration->KeyType == EncryptionKeyType::CUSTOMER_MANAGED_KEY;
    if (own != settings.KeyConfiguration->KmsKeyArn.has_value())
        refuse("KmsKeyArn is required with KeyType CUSTOMER_MANAGED_KEY, and only there.");
}

void check_acr_levels(const PoolSettings& settings) {
    if (!settings.AcrConfiguration) return;
    const auto& levels = *settings.AcrConfiguration;
    for (auto level = levels.begin(); level != levels.end(); ++level) {
        const auto& name = level->first;
        if (name != "Level1" && name != "Level2" && name != "Level3" && name != "Level4")
            refuse("Invalid level in AcrConfiguration: " + name);
        for (auto other = levels.begin(); other != level; ++other)
            if (other->second.AcrValue == level->second.AcrValue)
                refuse("The names of levels in AcrConfiguration must be unique.");
    }
}

void check_verification(const PoolSettings& settings) {
    if (holds(settings.AutoVerifiedAttributes, VerifiedAttributeType::phone_number) && !settings.SmsConfiguration)
        refuse("SMS configuration is required when phone_number is verified automatically.");
    if (!settings.UserAttributeUpdateSettings) return;
    const auto& required = settings.UserAttributeUpdateSettings->AttributesRequireVerificationBeforeUpdate;
    if (!required) return;
    for (const VerifiedAttributeType attribute : *required)
        if (!holds(settings.AutoVerifiedAttributes, attribute))
            refuse("All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes");
}

/// Neither policy is given up by leaving it out. Days that the request gives in their other place win.
void keep_policies(PoolSettings& result, const PoolSettings& stored) {
    if (!stored.Policies) return;
    if (!result.Policies) result.Policies.emplace();
    auto& policies = *result.Policies;
    if (!policies.SignInPolicy || !policies.SignInPolicy->AllowedFirstAuthFactors)
        policies.SignInPolicy = stored.Policies->SignInPolicy;
    if (policies.PasswordPolicy) return;
    policies.PasswordPolicy = stored.Policies->PasswordPolicy;
    const auto& config = result.AdminCreateUserConfig;
    if (policies.PasswordPolicy && config && config->UnusedAccountValidityDays)
        policies.PasswordPolicy->TemporaryPasswordValidityDays.reset();
}

/// What an update keeps of it that leaves it out: what the pool still verifies.
std::optional<UserAttributeUpdateSettingsType> kept_update_settings(const PoolSettings& stored,
                                                                    const PoolOptions& update) {
    auto kept = stored.UserAttributeUpdateSettings;
    if (!kept || !kept->AttributesRequireVerificationBeforeUpdate) return kept;
    std::vector<VerifiedAttributeType> attributes;
    for (const VerifiedAttributeType attribute : *kept->AttributesRequireVerificationBeforeUpdate)
        if (holds(update.AutoVerifiedAttributes, attribute)) attributes.push_back(attribute);
    kept->AttributesRequireVerificationBeforeUpdate.emplace(std::move(attributes));
    return kept;
}

}  // namespace

void apply_token_defaults(PoolOptions& options) {
    if (!options.KeyConfiguration) options.KeyConfiguration.emplace();
    auto& key = *options.KeyConfiguration;
    if (!key.KeyType)
        key.KeyType = key.KmsKeyArn ? EncryptionKeyType::CUSTOMER_MANAGED_KEY : EncryptionKeyType::AWS_OWNED_KEY;
    if (!options.IssuerConfiguration) options.IssuerConfiguration.emplace();
    if (!options.IssuerConfiguration->Type) options.IssuerConfiguration->Type = IssuerType::ORIGINAL;
    if (!options.AcrConfiguration) options.AcrConfiguration.emplace();
    for (const char level : {'1', '2', '3', '4'})
        options.AcrConfiguration->try_emplace(std::string("Level") + level,
                                              AcrLevelConfigType{std::string("urn:cognito:loa:") + level});
}

AccountRecoverySettingType recovery_setting(const PoolSettings& settings) {
    if (settings.AccountRecoverySetting && settings.AccountRecoverySetting->RecoveryMechanisms)
        return *settings.AccountRecoverySetting;
    const RecoveryOptionType by_email{.Priority = 1, .Name = RecoveryOptionNameType::verified_email};
    const RecoveryOptionType by_phone{.Priority = 2, .Name = RecoveryOptionNameType::verified_phone_number};
    return {List<RecoveryOptionType, 1, 2>{by_email, by_phone}};
}

void apply_defaults(PoolSettings& settings) {
    apply_policies(settings);
    apply_temporary_password_days(settings);
    apply_messages(settings);
    apply_triggers(settings);
    if (!settings.DeletionProtection) settings.DeletionProtection = DeletionProtectionType::INACTIVE;
    if (!settings.MfaConfiguration) settings.MfaConfiguration = UserPoolMfaType::OFF;
    if (!settings.EmailConfiguration) settings.EmailConfiguration.emplace();
    if (!settings.EmailConfiguration->EmailSendingAccount)
        settings.EmailConfiguration->EmailSendingAccount = EmailSendingAccountType::COGNITO_DEFAULT;
    if (!settings.UserPoolTags) settings.UserPoolTags.emplace();
    if (!settings.UserPoolTier) settings.UserPoolTier = UserPoolTierType::ESSENTIALS;
    if (settings.DcrConfiguration && !settings.DcrConfiguration->EnableStatus)
        settings.DcrConfiguration->EnableStatus = StatusType::Enabled;
    if (settings.DcrConfiguration && !settings.DcrConfiguration->OpenDcrEnabled)
        settings.DcrConfiguration->OpenDcrEnabled = false;
    apply_token_defaults(settings);
    if (!settings.SchemaAttributes) settings.SchemaAttributes = List<SchemaAttributeType>(standard_schema());
}

void check_tags(const PoolSettings& settings) {
    if (!settings.UserPoolTags) return;
    if (settings.UserPoolTags->size() > 50) refuse("A user pool can have at most 50 tags.");
    for (const auto& [key, value] : *settings.UserPoolTags)
        if (key.str().starts_with("aws:")) refuse("Tag keys can not begin with the reserved prefix aws:");
}

void check_pool(const PoolSettings& settings) {
    const bool aliases = settings.AliasAttributes && !settings.AliasAttributes->empty();
    const bool logins = settings.UsernameAttributes && !settings.UsernameAttributes->empty();
    if (aliases && logins) refuse("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
    const SchemaAttributeType* preferred = find_attribute(settings, "preferred_username");
    if (preferred && preferred->Required.value_or(false) &&
        holds(settings.AliasAttributes, AliasAttributeType::preferred_username))
        refuse("preferred_username can not be both an alias and a required attribute.");
    if (settings.EmailConfiguration &&
        settings.EmailConfiguration->EmailSendingAccount == EmailSendingAccountType::DEVELOPER &&
        !settings.EmailConfiguration->SourceArn)
        refuse("Email configuration with the sending account DEVELOPER requires a SourceArn.");
    check_sms(settings);
    check_first_factors(settings);
    check_mfa(settings);
    check_verification(settings);
    check_recovery(settings);
    check_tags(settings);
    check_keys(settings);
    check_acr_levels(settings);
}

PoolSettings replaced(const PoolSettings& stored, const PoolOptions& update) {
    PoolSettings result = stored;
    static_cast<PoolOptions&>(result) = update;
    const auto keep = [&](auto member) {
        if (!(result.*member)) result.*member = stored.*member;
    };
    keep(&PoolOptions::DeletionProtection);
    keep(&PoolOptions::UserPoolTier);
    keep(&PoolOptions::UserPoolTags);
    keep(&PoolOptions::MfaConfiguration);
    keep(&PoolOptions::SmsConfiguration);
    keep(&PoolOptions::DcrConfiguration);
    // Who leaves these out does not mean that tokens get another issuer, or data another key.
    keep(&PoolOptions::KeyConfiguration);
    keep(&PoolOptions::IssuerConfiguration);
    keep_policies(result, stored);
    if (!result.UserAttributeUpdateSettings) result.UserAttributeUpdateSettings = kept_update_settings(stored, update);
    // Who sends back what describe returned of a pool that never said has not said it either.
    if (!stored.AccountRecoverySetting && is_default_recovery(result.AccountRecoverySetting))
        result.AccountRecoverySetting.reset();
    keep(&PoolOptions::AccountRecoverySetting);
    apply_defaults(result);
    check_pool(result);
    check_tier_change(stored, result);
    return result;
}

NewUsername check_new_username(const PoolSettings& settings, std::string_view given) {
    const bool by_phone = holds(settings.UsernameAttributes, UsernameAttributeType::phone_number);
    const bool by_email = holds(settings.UsernameAttributes, UsernameAttributeType::email);
    const auto phone = is_e164(given) ? canonical_phone_number(given) : std::nullopt;
    const auto email = parse_email(given);
    if (by_phone && phone) return {.username = *phone, .attribute = "phone_number"};
    if (by_email && email) return {.username = *email, .attribute = "email"};
    if (by_phone && by_email) refuse("Username should be either an email or a phone number.");
    if (by_phone) refuse("Username should be a phone number.");
    if (by_email) refuse("Username should be an email.");
    if (email && holds(settings.AliasAttributes, AliasAttributeType::email))
        refuse("Username cannot be of email format, since user pool is configured for email alias.");
    if (phone && holds(settings.AliasAttributes, AliasAttributeType::phone_number))
        refuse("Username cannot be of phone number format, since user pool is configured for phone_number alias.");
    if (!shape::Username::matches(given))
        refuse("Username can contain only letters, numbers, symbols and punctuation.");
    return {.username = std::string(given), .attribute = {}};
}

}  // namespace symbolon::directory
