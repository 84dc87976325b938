#include "base/error.hpp"
#include "directory/pool_rules.hpp"

// SetUserPoolMfaConfig and GetUserPoolMfaConfig. Spec: cognito-api §5.6.
namespace symbolon::directory {

PoolSettings with_mfa(const PoolSettings& stored, const MfaSettings& given) {
    const auto mode = given.MfaConfiguration.value_or(UserPoolMfaType::OFF);
    // The presence of a member decides, not what is in it. WebAuthn is outside of these rules.
    const bool any_factor =
        given.SmsMfaConfiguration || given.SoftwareTokenMfaConfiguration || given.EmailMfaConfiguration;
    if (mode == UserPoolMfaType::OFF && any_factor)
        throw Error(Errc::invalid_parameter,
                    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
    if (mode != UserPoolMfaType::OFF && !any_factor)
        throw Error(Errc::invalid_parameter,
                    "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.");

    PoolSettings result = stored;
    result.MfaConfiguration = mode;
    result.SoftwareTokenMfaConfiguration = given.SoftwareTokenMfaConfiguration;
    result.EmailMfaConfiguration = given.EmailMfaConfiguration;
    if (given.WebAuthnConfiguration) result.WebAuthnConfiguration = given.WebAuthnConfiguration;
    if (given.SmsMfaConfiguration) {
        const SmsMfaConfigType& sms = *given.SmsMfaConfiguration;
        if (sms.SmsAuthenticationMessage) result.SmsAuthenticationMessage = sms.SmsAuthenticationMessage;
        if (sms.SmsConfiguration) result.SmsConfiguration = sms.SmsConfiguration;
        if (!result.SmsConfiguration)
            throw Error(Errc::invalid_parameter,
                        "SMS configuration and Auto verification for phone_number are required when MFA is "
                        "required/optional");
    }
    check_pool(result);
    return result;
}

MfaSettings mfa_of(const PoolSettings& settings) {
    MfaSettings shown;
    shown.MfaConfiguration = settings.MfaConfiguration.value_or(UserPoolMfaType::OFF);
    if (settings.SmsConfiguration)
        shown.SmsMfaConfiguration = SmsMfaConfigType{.SmsAuthenticationMessage = settings.SmsAuthenticationMessage,
                                                     .SmsConfiguration = settings.SmsConfiguration};
    shown.SoftwareTokenMfaConfiguration = settings.SoftwareTokenMfaConfiguration;
    shown.EmailMfaConfiguration = settings.EmailMfaConfiguration;
    shown.WebAuthnConfiguration = settings.WebAuthnConfiguration;
    return shown;
}

}  // namespace symbolon::directory
