#pragma once

#include "base/shape/list.hpp"
#include "directory/client_settings.hpp"
#include "directory/shapes.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <map>
#include <optional>
#include <string>

/// The parts that the settings of a pool are made of, in the words of the API: types and members carry the wire names.
/// A plain member is one that the API requires. Spec: cognito-api A.1, A.3.
namespace symbolon::directory {

BOOST_DEFINE_ENUM_CLASS(AdvancedSecurityEnabledModeType, AUDIT, ENFORCED)
BOOST_DEFINE_ENUM_CLASS(AdvancedSecurityModeType, AUDIT, ENFORCED, OFF)
BOOST_DEFINE_ENUM_CLASS(AliasAttributeType, email, phone_number, preferred_username)
BOOST_DEFINE_ENUM_CLASS(AttributeDataType, Boolean, DateTime, Number, String)
BOOST_DEFINE_ENUM_CLASS(AuthFactorType, EMAIL_OTP, PASSWORD, SMS_OTP, WEB_AUTHN)
BOOST_DEFINE_ENUM_CLASS(DefaultEmailOptionType, CONFIRM_WITH_CODE, CONFIRM_WITH_LINK)
BOOST_DEFINE_ENUM_CLASS(DeletionProtectionType, ACTIVE, INACTIVE)
BOOST_DEFINE_ENUM_CLASS(EmailSendingAccountType, COGNITO_DEFAULT, DEVELOPER)
BOOST_DEFINE_ENUM_CLASS(EncryptionKeyType, AWS_OWNED_KEY, CUSTOMER_MANAGED_KEY)
BOOST_DEFINE_ENUM_CLASS(IssuerType, ORIGINAL, UPDATED)
BOOST_DEFINE_ENUM_CLASS(LambdaVersionType, V1_0)
BOOST_DEFINE_ENUM_CLASS(PreTokenGenerationLambdaVersionType, V1_0, V2_0, V3_0)
BOOST_DEFINE_ENUM_CLASS(RecoveryOptionNameType, admin_only, verified_email, verified_phone_number)
BOOST_DEFINE_ENUM_CLASS(ReplicaRoleType, PRIMARY, SECONDARY)
BOOST_DEFINE_ENUM_CLASS(ReplicaStatusType, ACTIVE, CREATING, DELETING, INACTIVE)
BOOST_DEFINE_ENUM_CLASS(SecurityPolicyType, TLS_V1, TLS_V1_2_2021, TLS_V1_3_2025)
BOOST_DEFINE_ENUM_CLASS(StatusType, Disabled, Enabled)
BOOST_DEFINE_ENUM_CLASS(UserPoolMfaType, OFF, ON, OPTIONAL)
BOOST_DEFINE_ENUM_CLASS(UserPoolTierType, ESSENTIALS, LITE, PLUS)
BOOST_DEFINE_ENUM_CLASS(UserSessionTrackingType, DISABLED, ENABLED)
BOOST_DEFINE_ENUM_CLASS(UsernameAttributeType, email, phone_number)
BOOST_DEFINE_ENUM_CLASS(UserVerificationType, preferred, required)
BOOST_DEFINE_ENUM_CLASS(VerifiedAttributeType, email, phone_number)
BOOST_DEFINE_ENUM_CLASS(WebAuthnFactorConfigurationType, MULTI_FACTOR_WITH_USER_VERIFICATION, SINGLE_FACTOR)

struct PasswordPolicyType {
    std::optional<shape::PasswordMinimumLength> MinimumLength;
    std::optional<bool> RequireUppercase;
    std::optional<bool> RequireLowercase;
    std::optional<bool> RequireNumbers;
    std::optional<bool> RequireSymbols;
    std::optional<shape::PasswordHistorySize> PasswordHistorySize;
    std::optional<shape::TemporaryPasswordDays> TemporaryPasswordValidityDays;
};
BOOST_DESCRIBE_STRUCT(PasswordPolicyType, (),
                      (MinimumLength, RequireUppercase, RequireLowercase, RequireNumbers, RequireSymbols,
                       PasswordHistorySize, TemporaryPasswordValidityDays))

struct SignInPolicyType {
    std::optional<List<AuthFactorType, 1, 4>> AllowedFirstAuthFactors;
};
BOOST_DESCRIBE_STRUCT(SignInPolicyType, (), (AllowedFirstAuthFactors))

struct UserPoolPolicyType {
    std::optional<PasswordPolicyType> PasswordPolicy;
    std::optional<SignInPolicyType> SignInPolicy;
};
BOOST_DESCRIBE_STRUCT(UserPoolPolicyType, (), (PasswordPolicy, SignInPolicy))

struct PreTokenGenerationVersionConfigType {
    PreTokenGenerationLambdaVersionType LambdaVersion{};
    shape::Arn LambdaArn;
};
BOOST_DESCRIBE_STRUCT(PreTokenGenerationVersionConfigType, (), (LambdaVersion, LambdaArn))

/// CustomSMSSender, CustomEmailSender and InboundFederation.
struct LambdaVersionConfigType {
    LambdaVersionType LambdaVersion{};
    shape::Arn LambdaArn;
};
BOOST_DESCRIBE_STRUCT(LambdaVersionConfigType, (), (LambdaVersion, LambdaArn))

struct LambdaConfigType {
    std::optional<shape::Arn> PreSignUp;
    std::optional<shape::Arn> CustomMessage;
    std::optional<shape::Arn> PostConfirmation;
    std::optional<shape::Arn> PreAuthentication;
    std::optional<shape::Arn> PostAuthentication;
    std::optional<shape::Arn> DefineAuthChallenge;
    std::optional<shape::Arn> CreateAuthChallenge;
    std::optional<shape::Arn> VerifyAuthChallengeResponse;
    std::optional<shape::Arn> PreTokenGeneration;
    std::optional<shape::Arn> UserMigration;
    std::optional<PreTokenGenerationVersionConfigType> PreTokenGenerationConfig;
    std::optional<LambdaVersionConfigType> CustomSMSSender;
    std::optional<LambdaVersionConfigType> CustomEmailSender;
    std::optional<shape::Arn> KMSKeyID;
    std::optional<LambdaVersionConfigType> InboundFederation;
};
BOOST_DESCRIBE_STRUCT(LambdaConfigType, (),
                      (PreSignUp, CustomMessage, PostConfirmation, PreAuthentication, PostAuthentication,
                       DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse, PreTokenGeneration,
                       UserMigration, PreTokenGenerationConfig, CustomSMSSender, CustomEmailSender, KMSKeyID,
                       InboundFederation))

struct VerificationMessageTemplateType {
    std::optional<shape::SmsVerificationMessage> SmsMessage;
    std::optional<shape::EmailVerificationMessage> EmailMessage;
    std::optional<shape::EmailVerificationSubject> EmailSubject;
    std::optional<shape::EmailVerificationMessageByLink> EmailMessageByLink;
    std::optional<shape::EmailVerificationSubject> EmailSubjectByLink;
    std::optional<DefaultEmailOptionType> DefaultEmailOption;
};
BOOST_DESCRIBE_STRUCT(VerificationMessageTemplateType, (),
                      (SmsMessage, EmailMessage, EmailSubject, EmailMessageByLink, EmailSubjectByLink,
                       DefaultEmailOption))

struct UserAttributeUpdateSettingsType {
    std::optional<List<VerifiedAttributeType>> AttributesRequireVerificationBeforeUpdate;
};
BOOST_DESCRIBE_STRUCT(UserAttributeUpdateSettingsType, (), (AttributesRequireVerificationBeforeUpdate))

struct DeviceConfigurationType {
    std::optional<bool> ChallengeRequiredOnNewDevice;
    std::optional<bool> DeviceOnlyRememberedOnUserPrompt;
};
BOOST_DESCRIBE_STRUCT(DeviceConfigurationType, (), (ChallengeRequiredOnNewDevice, DeviceOnlyRememberedOnUserPrompt))

struct EmailConfigurationType {
    std::optional<shape::Arn> SourceArn;
    std::optional<shape::EmailAddress> ReplyToEmailAddress;
    std::optional<EmailSendingAccountType> EmailSendingAccount;
    std::optional<shape::PlainString> From;
    std::optional<shape::ConfigurationSet> ConfigurationSet;
};
BOOST_DESCRIBE_STRUCT(EmailConfigurationType, (),
                      (SourceArn, ReplyToEmailAddress, EmailSendingAccount, From, ConfigurationSet))

struct EumsSmsConfigurationType {
    shape::Arn CallerArn;
    std::optional<shape::PlainString> ExternalId;
    std::optional<shape::PlainString> OriginationIdentity;
    std::optional<shape::PlainString> ConfigurationSetName;
    std::optional<shape::PlainString> InEntityId;
    std::optional<shape::PlainString> InTemplateId;
    std::optional<shape::RegionCode> Region;
};
BOOST_DESCRIBE_STRUCT(EumsSmsConfigurationType, (),
                      (CallerArn, ExternalId, OriginationIdentity, ConfigurationSetName, InEntityId, InTemplateId,
                       Region))

/// One of SnsCallerArn and EumsSms is there.
struct SmsConfigurationType {
    std::optional<shape::Arn> SnsCallerArn = {};
    std::optional<shape::PlainString> ExternalId = {};
    std::optional<shape::RegionCode> SnsRegion = {};
    std::optional<EumsSmsConfigurationType> EumsSms = {};
};
BOOST_DESCRIBE_STRUCT(SmsConfigurationType, (), (SnsCallerArn, ExternalId, SnsRegion, EumsSms))

struct MessageTemplateType {
    std::optional<shape::SmsInviteMessage> SMSMessage;
    std::optional<shape::EmailInviteMessage> EmailMessage;
    std::optional<shape::EmailVerificationSubject> EmailSubject;
};
BOOST_DESCRIBE_STRUCT(MessageTemplateType, (), (SMSMessage, EmailMessage, EmailSubject))

struct AdminCreateUserConfigType {
    std::optional<bool> AllowAdminCreateUserOnly;
    std::optional<shape::UnusedAccountDays> UnusedAccountValidityDays;
    std::optional<MessageTemplateType> InviteMessageTemplate;
};
BOOST_DESCRIBE_STRUCT(AdminCreateUserConfigType, (),
                      (AllowAdminCreateUserOnly, UnusedAccountValidityDays, InviteMessageTemplate))

struct AdvancedSecurityAdditionalFlowsType {
    std::optional<AdvancedSecurityEnabledModeType> CustomAuthMode;
};
BOOST_DESCRIBE_STRUCT(AdvancedSecurityAdditionalFlowsType, (), (CustomAuthMode))

struct UserPoolAddOnsType {
    AdvancedSecurityModeType AdvancedSecurityMode{};
    std::optional<AdvancedSecurityAdditionalFlowsType> AdvancedSecurityAdditionalFlows;
};
BOOST_DESCRIBE_STRUCT(UserPoolAddOnsType, (), (AdvancedSecurityMode, AdvancedSecurityAdditionalFlows))

struct UsernameConfigurationType {
    bool CaseSensitive = true;
};
BOOST_DESCRIBE_STRUCT(UsernameConfigurationType, (), (CaseSensitive))

struct RecoveryOptionType {
    shape::Priority Priority;
    RecoveryOptionNameType Name{};
};
BOOST_DESCRIBE_STRUCT(RecoveryOptionType, (), (Priority, Name))

struct AccountRecoverySettingType {
    std::optional<List<RecoveryOptionType, 1, 2>> RecoveryMechanisms;
};
BOOST_DESCRIBE_STRUCT(AccountRecoverySettingType, (), (RecoveryMechanisms))

struct NumberAttributeConstraintsType {
    std::optional<shape::PlainString> MinValue;
    std::optional<shape::PlainString> MaxValue;
};
BOOST_DESCRIBE_STRUCT(NumberAttributeConstraintsType, (), (MinValue, MaxValue))

struct StringAttributeConstraintsType {
    std::optional<shape::PlainString> MinLength;
    std::optional<shape::PlainString> MaxLength;
};
BOOST_DESCRIBE_STRUCT(StringAttributeConstraintsType, (), (MinLength, MaxLength))

/// As given and as shown, `Name` of a custom one is without and with its prefix `custom:` respectively.
struct SchemaAttributeType {
    std::optional<shape::PlainString> Name;
    std::optional<directory::AttributeDataType> AttributeDataType;
    std::optional<bool> DeveloperOnlyAttribute;
    std::optional<bool> Mutable;
    std::optional<bool> Required;
    std::optional<NumberAttributeConstraintsType> NumberAttributeConstraints;
    std::optional<StringAttributeConstraintsType> StringAttributeConstraints;
};
BOOST_DESCRIBE_STRUCT(SchemaAttributeType, (),
                      (Name, AttributeDataType, DeveloperOnlyAttribute, Mutable, Required, NumberAttributeConstraints,
                       StringAttributeConstraints))

struct DcrConfigurationType {
    std::optional<StatusType> EnableStatus;
    std::optional<bool> OpenDcrEnabled;
    std::optional<List<OAuthFlowType, 0, 3>> AuthenticatedGrantTypes;
    std::optional<List<OAuthFlowType, 0, 3>> OpenDcrGrantTypes;
    std::optional<List<shape::Scope, 0, 50>> AllowedScopes;
};
BOOST_DESCRIBE_STRUCT(DcrConfigurationType, (),
                      (EnableStatus, OpenDcrEnabled, AuthenticatedGrantTypes, OpenDcrGrantTypes, AllowedScopes))

struct KeyConfigurationType {
    std::optional<EncryptionKeyType> KeyType;
    std::optional<shape::Arn> KmsKeyArn;
};
BOOST_DESCRIBE_STRUCT(KeyConfigurationType, (), (KeyType, KmsKeyArn))

struct IssuerConfigurationType {
    std::optional<IssuerType> Type;
};
BOOST_DESCRIBE_STRUCT(IssuerConfigurationType, (), (Type))

struct AcrLevelConfigType {
    shape::AcrValue AcrValue;
};
BOOST_DESCRIBE_STRUCT(AcrLevelConfigType, (), (AcrValue))

using AcrConfigurationMap = std::map<std::string, AcrLevelConfigType>;  ///< Level1 … Level4

struct UserPoolTokenSessionConfigType {
    shape::MaxPerUser MaxPerUser;
};
BOOST_DESCRIBE_STRUCT(UserPoolTokenSessionConfigType, (), (MaxPerUser))

struct FailoverType {
    shape::RegionCode SecondaryRegion;
    shape::PlainString PrimaryRoute53HealthCheckId;
};
BOOST_DESCRIBE_STRUCT(FailoverType, (), (SecondaryRegion, PrimaryRoute53HealthCheckId))

struct RoutingType {
    std::optional<FailoverType> Failover;
};
BOOST_DESCRIBE_STRUCT(RoutingType, (), (Failover))

struct SmsMfaConfigType {
    std::optional<shape::SmsVerificationMessage> SmsAuthenticationMessage;
    std::optional<SmsConfigurationType> SmsConfiguration;
};
BOOST_DESCRIBE_STRUCT(SmsMfaConfigType, (), (SmsAuthenticationMessage, SmsConfiguration))

struct SoftwareTokenMfaConfigType {
    std::optional<bool> Enabled;
};
BOOST_DESCRIBE_STRUCT(SoftwareTokenMfaConfigType, (), (Enabled))

struct EmailMfaConfigType {
    std::optional<shape::EmailMfaMessage> Message;
    std::optional<shape::EmailMfaSubject> Subject;
};
BOOST_DESCRIBE_STRUCT(EmailMfaConfigType, (), (Message, Subject))

struct WebAuthnConfigurationType {
    std::optional<shape::RelyingPartyId> RelyingPartyId;
    std::optional<UserVerificationType> UserVerification;
    std::optional<WebAuthnFactorConfigurationType> FactorConfiguration;
};
BOOST_DESCRIBE_STRUCT(WebAuthnConfigurationType, (), (RelyingPartyId, UserVerification, FactorConfiguration))

}  // namespace symbolon::directory
