#include "signin/facts.hpp"

#include "directory/devices.hpp"
#include "directory/identifiers.hpp"
#include "directory/software_tokens.hpp"
#include "signin/devices.hpp"
#include "signin/passkeys.hpp"

#include <algorithm>
#include <array>

namespace symbolon::signin {
namespace {

using directory::AuthFactorType;
using directory::MfaFactor;
using directory::UserStatus;

/// A second factor, and what a user needs for it.
struct SecondFactor {
    MfaFactor name;
    ChallengeKind question;
    const char* attribute;  ///< "" : an authenticator app
};
constexpr std::array factors{
    SecondFactor{MfaFactor::SMS_MFA, ChallengeKind::sms_mfa, "phone_number"},
    SecondFactor{MfaFactor::SOFTWARE_TOKEN_MFA, ChallengeKind::software_token_mfa, ""},
    SecondFactor{MfaFactor::EMAIL_OTP, ChallengeKind::email_mfa, "email"},
};

bool is_configured(const directory::Pool& pool, MfaFactor factor) {
    const auto& settings = pool.settings;
    switch (factor) {
        case MfaFactor::SMS_MFA:
            return pool.sms_mfa_configured();
        case MfaFactor::SOFTWARE_TOKEN_MFA:
            return settings.SoftwareTokenMfaConfiguration &&
                   settings.SoftwareTokenMfaConfiguration->Enabled.value_or(false);
        case MfaFactor::EMAIL_OTP:
            return settings.EmailMfaConfiguration.has_value();
        case MfaFactor::WEB_AUTHN:
            return false;  // a first factor
    }
    return false;
}

bool has_what_it_takes(const directory::User& user, const SecondFactor& factor, bool software_token) {
    return *factor.attribute == '\0' ? software_token : !user.attribute(factor.attribute).empty();
}

/// The pool requires one, and then what the user has counts; else it is the user's choice.
bool is_wanted(const directory::Pool& pool, const directory::User& user, MfaFactor factor) {
    return is_configured(pool, factor) && (pool.mfa_required() || user.mfa.has(factor));
}

std::vector<ChallengeKind> second_factors(const directory::Pool& pool, const directory::User& user, bool software_token,
                                          const Risk& risk) {
    std::vector<ChallengeKind> wanted;
    std::vector<ChallengeKind> possible;
    for (const auto& factor : factors) {
        if (!is_configured(pool, factor.name) || !has_what_it_takes(user, factor, software_token)) continue;
        possible.push_back(factor.question);
        if (is_wanted(pool, user, factor.name)) wanted.push_back(factor.question);
    }
    // In a risky sign-in also that will do which the user has and did not turn on.
    const bool any = wanted.empty() && risk.asks_second_factor() && pool.mfa_possible();
    return any ? possible : wanted;
}

bool second_factor_due(const directory::Pool& pool, const directory::User& user) {
    if (!pool.mfa_possible()) return false;
    // Who chose a second factor does not get in without it because the number was deleted.
    return pool.mfa_required() ||
           std::ranges::any_of(factors, [&](const auto& factor) { return is_wanted(pool, user, factor.name); });
}

std::optional<ChallengeKind> question_of(std::optional<MfaFactor> name) {
    for (const auto& factor : factors) {
        if (name == factor.name) return factor.question;
    }
    return std::nullopt;
}

bool allows_first(const directory::Pool& pool, AuthFactorType factor) {
    const auto& policies = pool.settings.Policies;
    const bool set = policies && policies->SignInPolicy && policies->SignInPolicy->AllowedFirstAuthFactors;
    if (!set) return factor == AuthFactorType::PASSWORD;
    const auto& allowed = *policies->SignInPolicy->AllowedFirstAuthFactors;
    return std::find(allowed.begin(), allowed.end(), factor) != allowed.end();
}

void add_password(std::vector<ChallengeKind>& out) {
    out.push_back(ChallengeKind::password_srp);
    out.push_back(ChallengeKind::password);
}

/// Spec: cognito-api.md §3.6, "Available set".
std::vector<ChallengeKind> first_factors(const directory::Pool& pool, const directory::User& user,
                                         const Possessions& has, const Facts& facts) {
    std::vector<ChallengeKind> out;
    if (allows_first(pool, AuthFactorType::PASSWORD) && !user.password_hash.empty()) add_password(out);
    if (user.status == UserStatus::FORCE_CHANGE_PASSWORD) return out;
    if (!facts.second_factor_due) {
        if (allows_first(pool, AuthFactorType::EMAIL_OTP) && user.is_verified("email"))
            out.push_back(ChallengeKind::email_otp);
        if (allows_first(pool, AuthFactorType::SMS_OTP) && user.is_verified("phone_number"))
            out.push_back(ChallengeKind::sms_otp);
    }
    if (has.passkey && (!facts.second_factor_due || facts.passkey_is_both)) out.push_back(ChallengeKind::web_authn);
    return out;
}

/// What a sign-in can come to that begins so.
int best_level(ChallengeKind first) {
    switch (first) {
        case ChallengeKind::password:
        case ChallengeKind::password_srp:
            return 4;
        case ChallengeKind::web_authn:
            return 3;
        default:
            return 2;  // a code that is sent
    }
}

}  // namespace

Possessions find_possessions(const Services& services, db::Transaction& tx, const directory::Pool& pool,
                             const directory::User& user, const std::string& device_key) {
    Possessions has;
    if (is_configured(pool, MfaFactor::SOFTWARE_TOKEN_MFA))
        has.software_token = directory::SoftwareTokens(tx, services.sealer).has(pool.id, user.id);
    if (passkeys_enabled(pool)) has.passkey = has_usable_passkey(tx, services, pool, user.id);
    if (device_key.empty() || !tracks_devices(pool)) return has;
    const auto device = directory::Devices(tx, services.sealer).find(pool.id, user.id, device_key);
    has.known_device = device && device->remembered;
    has.device_is_second = has.known_device && device_replaces_mfa(pool, *device);
    return has;
}

Facts facts_of(const directory::Pool& pool, const directory::Client& client, const directory::User& user,
               const Possessions& has, const Risk& risk) {
    Facts facts{.status = user.status,
                .enabled = user.enabled,
                .password_expires = user.password_expires,
                .first_factors = {},
                .second_factor_due = second_factor_due(pool, user),
                .second_factors = second_factors(pool, user, has.software_token, risk),
                .preferred_factor = question_of(user.mfa.preferred),
                .passkey_is_both = passkey_is_multi_factor(pool),
                .known_device = has.known_device,
                .device_is_second = has.device_is_second,
                .hides_users = client.hides_users(),
                .risk = risk};
    facts.first_factors = first_factors(pool, user, has, facts);
    return facts;
}

Facts facts_of_nobody(const directory::Pool& pool, const directory::Client& client, std::string_view login) {
    Facts facts{.status = UserStatus::CONFIRMED,
                .enabled = true,
                .password_expires = {},
                .first_factors = {},
                .second_factor_due = pool.mfa_required(),
                .second_factors = {},
                .preferred_factor = {},
                .passkey_is_both = passkey_is_multi_factor(pool),
                .known_device = false,
                .device_is_second = false,
                .hides_users = client.hides_users()};
    if (allows_first(pool, AuthFactorType::PASSWORD)) add_password(facts.first_factors);
    if (facts.second_factor_due) return facts;
    const bool number = directory::canonical_phone_number(login).has_value();
    const bool address = !number && directory::parse_email(login).has_value();
    if (allows_first(pool, AuthFactorType::EMAIL_OTP) && !number)
        facts.first_factors.push_back(ChallengeKind::email_otp);
    if (allows_first(pool, AuthFactorType::SMS_OTP) && !address) facts.first_factors.push_back(ChallengeKind::sms_otp);
    return facts;
}

void want_levels(Facts& facts, const std::vector<int>& levels) {
    if (levels.empty()) return;
    facts.levels = levels;
    const int least = *std::ranges::min_element(levels);
    std::erase_if(facts.first_factors, [&](ChallengeKind first) { return best_level(first) < least; });
}

std::vector<ChallengeKind> setup_choices(const directory::Pool& pool) {
    std::vector<ChallengeKind> out;
    for (const auto& factor : factors) {
        if (is_configured(pool, factor.name)) out.push_back(factor.question);
    }
    return out;
}

}  // namespace symbolon::signin
