#include "signin/destination.hpp"

#include "directory/identifiers.hpp"
#include "directory/pool_rules.hpp"
#include "signin/subject.hpp"

#include <algorithm>
#include <vector>

namespace symbolon::signin {
namespace {

using directory::RecoveryOptionNameType;

/// The mechanisms in order of priority.
std::vector<RecoveryOptionNameType> recovery_order(const directory::Pool& pool) {
    const auto setting = directory::recovery_setting(pool.settings);
    std::vector<directory::RecoveryOptionType> options(setting.RecoveryMechanisms->begin(),
                                                       setting.RecoveryMechanisms->end());
    std::ranges::stable_sort(options, {}, [](const auto& option) { return option.Priority.get(); });
    std::vector<RecoveryOptionNameType> names;
    for (const auto& option : options) names.push_back(option.Name);
    return names;
}

/// A code that goes there is the user's second factor now: it cannot stand for the first one as well.
bool is_second_factor(const directory::Pool& pool, const directory::User& user, directory::MfaFactor factor) {
    // A pool that never said how users recover would leave those without recovery who have a phone and MFA by SMS.
    if (!pool.mfa_possible() || !pool.settings.AccountRecoverySetting) return false;
    const bool configured = factor == directory::MfaFactor::SMS_MFA ? pool.sms_mfa_configured()
                                                                    : pool.settings.EmailMfaConfiguration.has_value();
    return configured && (pool.mfa_required() || user.mfa.has(factor));
}

std::optional<Destination> find_verified(const directory::User& user, std::string_view attribute) {
    if (!user.is_verified(attribute)) return std::nullopt;
    return find_destination(user, attribute);
}

}  // namespace

CodeDelivery to_delivery(const Destination& destination) {
    if (destination.is_phone()) return {destination.attribute, "SMS", directory::mask_phone_number(destination.value)};
    return {destination.attribute, "EMAIL", directory::mask_email(destination.value)};
}

std::optional<Destination> find_destination(const directory::User& user, std::string_view attribute) {
    std::string value = user.attribute(attribute);
    if (value.empty()) return std::nullopt;
    return Destination{std::string(attribute), std::move(value)};
}

std::optional<Destination> verification_destination(const directory::Pool& pool, const directory::User& user) {
    for (const std::string_view attribute : {"phone_number", "email"}) {
        if (!pool.auto_verifies(attribute)) continue;
        if (auto found = find_destination(user, attribute)) return found;
    }
    return std::nullopt;
}

std::optional<Destination> recovery_destination(const directory::Pool& pool, const directory::User& user) {
    for (const auto mechanism : recovery_order(pool)) {
        if (mechanism == RecoveryOptionNameType::verified_email) {
            if (is_second_factor(pool, user, directory::MfaFactor::EMAIL_OTP)) continue;
            if (auto email = find_verified(user, "email")) return email;
        } else if (mechanism == RecoveryOptionNameType::verified_phone_number) {
            if (is_second_factor(pool, user, directory::MfaFactor::SMS_MFA)) continue;
            if (auto phone = find_verified(user, "phone_number")) return phone;
        }
    }
    return std::nullopt;
}

bool recovery_is_for_administrators(const directory::Pool& pool) {
    return std::ranges::count(recovery_order(pool), RecoveryOptionNameType::admin_only) != 0;
}

Destination simulated_destination(const crypto::Sealer& sealer, const directory::Pool& pool, std::string_view login) {
    const std::string canonical = canonical_login(pool, login);
    if (directory::is_e164(canonical)) return {"phone_number", canonical};
    if (directory::parse_email(canonical)) return {"email", canonical};
    const bool email_only = pool.auto_verifies("email") && !pool.auto_verifies("phone_number");
    return simulated_destination(sealer, pool, login, email_only ? "email" : "phone_number");
}

Destination simulated_destination(const crypto::Sealer& sealer, const directory::Pool& pool, std::string_view login,
                                  std::string_view attribute) {
    const std::string canonical = canonical_login(pool, login);
    const auto chance = sealer.keyed_hash("simulated_destination", pool.id.str(), canonical);
    if (attribute == "email") {
        if (directory::parse_email(canonical)) return {"email", canonical};
        const auto letter = [&](std::size_t i) { return static_cast<char>('a' + chance.at(i) % 26); };
        return {"email", std::string{letter(0), '@', letter(1), '.', 'c', 'o', 'm'}};
    }
    if (directory::is_e164(canonical)) return {"phone_number", canonical};
    std::string number = "+1";
    for (std::size_t i = 0; i < 10; ++i) number += static_cast<char>('0' + chance.at(i) % 10);
    return {"phone_number", number};
}

}  // namespace symbolon::signin
