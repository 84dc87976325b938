#include "signin/mfa_preference.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/software_tokens.hpp"
#include "signin/refusals.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::signin {
namespace {

using directory::AuthFactorType;
using directory::MfaFactor;
using directory::MfaPreference;
using directory::Pool;
using directory::User;

[[noreturn]] void refuse(std::string message) {
    throw Error{Errc::invalid_parameter, std::move(message)};
}

/// The pool asks a passkey's holder who they are, so that it counts for both factors.
bool allows_passkey_as_both(const Pool& pool) {
    const auto& config = pool.settings.WebAuthnConfiguration;
    return config && config->FactorConfiguration ==
                         directory::WebAuthnFactorConfigurationType::MULTI_FACTOR_WITH_USER_VERIFICATION;
}

bool can_turn_on(const Pool& pool, const User& user, MfaFactor factor, bool has_software_token) {
    switch (factor) {
        case MfaFactor::SMS_MFA:
            return pool.sms_mfa_configured() && !user.attribute("phone_number").empty();
        case MfaFactor::EMAIL_OTP:
            return pool.settings.EmailMfaConfiguration && !user.attribute("email").empty();
        case MfaFactor::SOFTWARE_TOKEN_MFA:
            return allows_software_tokens(pool) && has_software_token;
        case MfaFactor::WEB_AUTHN:
            return allows_passkey_as_both(pool);
    }
    return false;
}

/// Where the pool requires a second factor, a user who has one keeps one.
void check_one_is_left(const Pool& pool, const MfaPreference& before, const MfaPreference& after) {
    if (pool.mfa_required() && !before.enabled.empty() && after.enabled.empty())
        refuse("The last MFA method of the user cannot be disabled: the user pool requires one.");
}

void save(db::Transaction& tx, const Pool& pool, User& user, Instant now) {
    user.modified = now;
    directory::Users(tx).save(pool, user);
}

bool allows_first_factor(const Pool& pool, AuthFactorType factor) {
    const auto& policies = pool.settings.Policies;
    if (!policies || !policies->SignInPolicy || !policies->SignInPolicy->AllowedFirstAuthFactors)
        return factor == AuthFactorType::PASSWORD;
    const auto& allowed = *policies->SignInPolicy->AllowedFirstAuthFactors;
    return std::find(allowed.begin(), allowed.end(), factor) != allowed.end();
}

}  // namespace

void turn_on(MfaPreference& preference, MfaFactor factor) {
    if (!preference.has(factor)) preference.enabled.push_back(factor);
}

void turn_off(MfaPreference& preference, MfaFactor factor) {
    std::erase(preference.enabled, factor);
    if (preference.preferred == factor) preference.preferred.reset();
}

bool allows_software_tokens(const Pool& pool) {
    const auto& config = pool.settings.SoftwareTokenMfaConfiguration;
    return config && config->Enabled.value_or(false);
}

MfaPreference change_preference(const Pool& pool, const User& user, const MfaChange& change, bool has_software_token) {
    MfaPreference after = user.mfa;
    std::optional<MfaFactor> preferred;
    for (const auto& [factor, setting] :
         {std::pair{MfaFactor::SMS_MFA, change.sms}, std::pair{MfaFactor::SOFTWARE_TOKEN_MFA, change.software_token},
          std::pair{MfaFactor::EMAIL_OTP, change.email}, std::pair{MfaFactor::WEB_AUTHN, change.web_authn}}) {
        if (!setting) continue;
        const bool prefers = setting->preferred.value_or(false);
        if (prefers && !setting->enabled) refuse("The preferred MFA method has to be enabled.");
        if (prefers && preferred) refuse("Only one MFA method can be preferred.");
        if (prefers) preferred = factor;
        if (!setting->enabled) {
            turn_off(after, factor);
            continue;
        }
        if (!can_turn_on(pool, user, factor, has_software_token))
            refuse("User does not have delivery config set to turn on " + std::string(to_name(factor)));
        turn_on(after, factor);
        if (setting->preferred == false && after.preferred == factor) after.preferred.reset();
    }
    if (preferred) after.preferred = preferred;
    if (change.sms) after.by_settings.reset();
    check_one_is_left(pool, user.mfa, after);
    return after;
}

void set_mfa_preference(const crypto::Sealer& sealer, db::Transaction& tx, const Pool& pool, User user,
                        const MfaChange& change, Instant now) {
    if (user.status == directory::UserStatus::UNCONFIRMED) throw to_error(Refusal::not_confirmed);
    if (user.status == directory::UserStatus::RESET_REQUIRED) throw to_error(Refusal::reset_required);
    const bool has_app = directory::SoftwareTokens(tx, sealer).has(pool.id, user.id);
    user.mfa = change_preference(pool, user, change, has_app);
    save(tx, pool, user, now);
}

void set_sms_by_settings(db::Transaction& tx, const Pool& pool, User user, bool on, Instant now) {
    const MfaPreference before = user.mfa;
    if (on) {
        if (!can_turn_on(pool, user, MfaFactor::SMS_MFA, false))
            refuse("User does not have delivery config set to turn on SMS_MFA");
        turn_on(user.mfa, MfaFactor::SMS_MFA);
        user.mfa.by_settings = true;
    } else {
        turn_off(user.mfa, MfaFactor::SMS_MFA);
        user.mfa.by_settings.reset();
    }
    check_one_is_left(pool, before, user.mfa);
    save(tx, pool, user, now);
}

void erase_software_token(const crypto::Sealer& sealer, db::Transaction& tx, const Pool& pool, User user, Instant now) {
    if (user.status == directory::UserStatus::UNCONFIRMED) throw to_error(Refusal::not_confirmed);
    directory::SoftwareTokens(tx, sealer).erase(pool.id, user.id);
    turn_off(user.mfa, MfaFactor::SOFTWARE_TOKEN_MFA);
    save(tx, pool, user, now);
}

std::vector<AuthFactorType> configured_first_factors(const Pool& pool, const User& user, bool has_passkey) {
    std::vector<AuthFactorType> factors;
    const auto add = [&](AuthFactorType factor, bool has) {
        if (has && allows_first_factor(pool, factor)) factors.push_back(factor);
    };
    add(AuthFactorType::PASSWORD, !user.password_hash.empty());
    add(AuthFactorType::EMAIL_OTP, user.is_verified("email"));
    add(AuthFactorType::SMS_OTP, user.is_verified("phone_number"));
    add(AuthFactorType::WEB_AUTHN, has_passkey);
    return factors;
}

}  // namespace symbolon::signin
