#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/pool_rules.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

// What a pool may use in its tier. LITE has sign-in with a password, MFA by text message and TOTP, federation and the
// classic pages; ESSENTIALS adds to that; PLUS adds threat protection. Spec: cognito-api §5.11.
namespace symbolon::directory {
namespace {

bool uses_other_first_factors(const PoolSettings& settings) {
    if (!settings.Policies || !settings.Policies->SignInPolicy) return false;
    const auto& factors = settings.Policies->SignInPolicy->AllowedFirstAuthFactors;
    return factors && std::any_of(factors->begin(), factors->end(),
                                  [](AuthFactorType factor) { return factor != AuthFactorType::PASSWORD; });
}

bool uses_password_history(const PoolSettings& settings) {
    if (!settings.Policies || !settings.Policies->PasswordPolicy) return false;
    const auto& size = settings.Policies->PasswordPolicy->PasswordHistorySize;
    return size && size->get() > 0;
}

bool uses_registration(const PoolSettings& settings) {
    return settings.DcrConfiguration && settings.DcrConfiguration->EnableStatus != StatusType::Disabled;
}

bool uses_own_acr_names(const PoolSettings& settings) {
    if (!settings.AcrConfiguration) return false;
    PoolOptions standard;
    apply_token_defaults(standard);
    const auto is_own = [&](const auto& level) {
        const auto known = standard.AcrConfiguration->find(level.first);
        return known != standard.AcrConfiguration->end() && known->second.AcrValue != level.second.AcrValue;
    };
    return std::any_of(settings.AcrConfiguration->begin(), settings.AcrConfiguration->end(), is_own);
}

bool uses_threat_protection(const PoolSettings& settings) {
    return settings.UserPoolAddOns && settings.UserPoolAddOns->AdvancedSecurityMode != AdvancedSecurityModeType::OFF;
}

/// A setting that the pool uses above its tier; "" when there is none.
std::string_view find_unavailable(const PoolSettings& settings) {
    const auto tier = settings.UserPoolTier.value_or(UserPoolTierType::ESSENTIALS);
    if (tier != UserPoolTierType::PLUS && uses_threat_protection(settings)) return "AdvancedSecurityMode";
    if (tier != UserPoolTierType::LITE) return {};
    if (uses_other_first_factors(settings)) return "AllowedFirstAuthFactors";
    if (uses_password_history(settings)) return "PasswordHistorySize";
    if (settings.EmailMfaConfiguration) return "EmailMfaConfiguration";
    if (settings.WebAuthnConfiguration) return "WebAuthnConfiguration";
    if (uses_registration(settings)) return "DcrConfiguration";
    if (uses_own_acr_names(settings)) return "AcrConfiguration";
    if (settings.UserSessionTracking == UserSessionTrackingType::ENABLED) return "UserSessionTracking";
    if (settings.Replicas && !settings.Replicas->empty()) return "replicas";
    return {};
}

std::string tier_name(const PoolSettings& settings) {
    return std::string(to_name(settings.UserPoolTier.value_or(UserPoolTierType::ESSENTIALS)));
}

}  // namespace

void check_tier(const PoolSettings& settings) {
    if (const auto feature = find_unavailable(settings); !feature.empty())
        throw Error(Errc::feature_unavailable, std::string(feature) + " is not available in the tier " +
                                                   tier_name(settings) + " of the user pool.");
}

void check_tier_change(const PoolSettings& stored, const PoolSettings& updated) {
    if (stored.UserPoolTier != updated.UserPoolTier) {
        PoolSettings before = stored;
        before.UserPoolTier = updated.UserPoolTier;
        const auto feature = find_unavailable(updated);
        if (!feature.empty() && feature == find_unavailable(before))
            throw Error(Errc::tier_change_not_allowed, "The user pool uses " + std::string(feature) +
                                                           ", which is not available in the tier " +
                                                           tier_name(updated) + ".");
    }
    check_tier(updated);
}

}  // namespace symbolon::directory
