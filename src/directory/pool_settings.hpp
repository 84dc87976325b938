#pragma once

#include "base/shape/list.hpp"
#include "directory/pool_types.hpp"
#include "directory/shapes.hpp"

#include <boost/describe/class.hpp>

#include <map>
#include <optional>

/// What a pool is set to. The structs carry the wire names, so that requests are decoded into them, the database keeps
/// them and answers are encoded from them: a request or response of the API inherits the part that it has. The codec
/// sees inherited members. Spec: cognito-api §5.2.
namespace symbolon::directory {

using Tags = std::map<shape::TagKey, shape::TagValue>;

/// What CreateUserPool and UpdateUserPool take and UserPoolType shows.
struct PoolOptions {
    std::optional<UserPoolPolicyType> Policies;
    std::optional<DeletionProtectionType> DeletionProtection;
    std::optional<LambdaConfigType> LambdaConfig;
    std::optional<List<VerifiedAttributeType>> AutoVerifiedAttributes;
    std::optional<shape::SmsVerificationMessage> SmsVerificationMessage;
    std::optional<shape::EmailVerificationMessage> EmailVerificationMessage;
    std::optional<shape::EmailVerificationSubject> EmailVerificationSubject;
    std::optional<VerificationMessageTemplateType> VerificationMessageTemplate;
    std::optional<shape::SmsVerificationMessage> SmsAuthenticationMessage;
    std::optional<UserAttributeUpdateSettingsType> UserAttributeUpdateSettings;
    std::optional<UserPoolMfaType> MfaConfiguration;
    std::optional<DeviceConfigurationType> DeviceConfiguration;
    std::optional<EmailConfigurationType> EmailConfiguration;
    std::optional<SmsConfigurationType> SmsConfiguration;
    std::optional<Tags> UserPoolTags;
    std::optional<AdminCreateUserConfigType> AdminCreateUserConfig;
    std::optional<UserPoolAddOnsType> UserPoolAddOns;
    std::optional<AccountRecoverySettingType> AccountRecoverySetting;
    std::optional<UserPoolTierType> UserPoolTier;
    std::optional<DcrConfigurationType> DcrConfiguration;
    std::optional<KeyConfigurationType> KeyConfiguration;
    std::optional<IssuerConfigurationType> IssuerConfiguration;
    std::optional<AcrConfigurationMap> AcrConfiguration;
};
BOOST_DESCRIBE_STRUCT(PoolOptions, (),
                      (Policies, DeletionProtection, LambdaConfig, AutoVerifiedAttributes, SmsVerificationMessage,
                       EmailVerificationMessage, EmailVerificationSubject, VerificationMessageTemplate,
                       SmsAuthenticationMessage, UserAttributeUpdateSettings, MfaConfiguration, DeviceConfiguration,
                       EmailConfiguration, SmsConfiguration, UserPoolTags, AdminCreateUserConfig, UserPoolAddOns,
                       AccountRecoverySetting, UserPoolTier, DcrConfiguration, KeyConfiguration, IssuerConfiguration,
                       AcrConfiguration))

/// And what is fixed when the pool is created: CreateUserPool and UserPoolType have it, UpdateUserPool has not.
struct PoolDesign : PoolOptions {
    std::optional<List<AliasAttributeType>> AliasAttributes;
    std::optional<List<UsernameAttributeType>> UsernameAttributes;
    std::optional<UsernameConfigurationType> UsernameConfiguration;
};
BOOST_DESCRIBE_STRUCT(PoolDesign, (PoolOptions), (AliasAttributes, UsernameAttributes, UsernameConfiguration))

using CustomAttributesList = List<SchemaAttributeType, 1, 25>;
using SchemaList = List<SchemaAttributeType, 1, 50>;  ///< of a request: what differs from the standard schema

/// A copy of the pool in another region, as an administrator has it on record; nothing is copied.
struct ReplicaSetting {
    shape::RegionCode RegionName;
    ReplicaStatusType Status = ReplicaStatusType::INACTIVE;
    std::optional<Tags> UserPoolTags;
};
BOOST_DESCRIBE_STRUCT(ReplicaSetting, (), (RegionName, Status, UserPoolTags))

/// All that is stored of a pool: the schema in full (CreateUserPool's `Schema` laid over the standard one), and what
/// has operations of its own to set and show it: second factors, session tracking, replicas.
struct PoolSettings : PoolDesign {
    std::optional<List<SchemaAttributeType>> SchemaAttributes;
    std::optional<SoftwareTokenMfaConfigType> SoftwareTokenMfaConfiguration;
    std::optional<EmailMfaConfigType> EmailMfaConfiguration;
    std::optional<WebAuthnConfigurationType> WebAuthnConfiguration;
    std::optional<UserSessionTrackingType> UserSessionTracking;
    std::optional<UserPoolTokenSessionConfigType> TokenSession;
    std::optional<List<ReplicaSetting>> Replicas;

    // Once in settings.cpp, and not in each of the hundreds of files that hold a pool.
    PoolSettings();
    PoolSettings(const PoolSettings&);
    PoolSettings(PoolSettings&&) noexcept;
    PoolSettings& operator=(const PoolSettings&);
    PoolSettings& operator=(PoolSettings&&) noexcept;
    ~PoolSettings();
};
BOOST_DESCRIBE_STRUCT(PoolSettings, (PoolDesign),
                      (SchemaAttributes, SoftwareTokenMfaConfiguration, EmailMfaConfiguration, WebAuthnConfiguration,
                       UserSessionTracking, TokenSession, Replicas))

/// What SetUserPoolMfaConfig takes and answers, and GetUserPoolMfaConfig answers.
struct MfaSettings {
    std::optional<SmsMfaConfigType> SmsMfaConfiguration;
    std::optional<SoftwareTokenMfaConfigType> SoftwareTokenMfaConfiguration;
    std::optional<EmailMfaConfigType> EmailMfaConfiguration;
    std::optional<UserPoolMfaType> MfaConfiguration;
    std::optional<WebAuthnConfigurationType> WebAuthnConfiguration;
};
BOOST_DESCRIBE_STRUCT(MfaSettings, (),
                      (SmsMfaConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration, MfaConfiguration,
                       WebAuthnConfiguration))

}  // namespace symbolon::directory
