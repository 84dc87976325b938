#include "directory/password_policy.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "directory/unicode.hpp"

#include <algorithm>
#include <string>

namespace symbolon::directory {
namespace {

constexpr std::string_view symbols = R"(^$*.[]{}()?"!@#%&/\,><':;|_~`=+-)";
constexpr std::size_t max_length = 256;

bool has_any(std::string_view text, std::string_view characters) {
    return text.find_first_of(characters) != std::string_view::npos;
}

bool has_between(std::string_view text, char first, char last) {
    return std::any_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

bool has_space_or_control(std::string_view text) {
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character || is_space(*character) || is_control(*character)) return true;
    }
    return false;
}

}  // namespace

PasswordPolicy password_policy(const PoolSettings& settings) {
    PasswordPolicy policy;
    if (!settings.Policies || !settings.Policies->PasswordPolicy) return policy;
    const PasswordPolicyType& given = *settings.Policies->PasswordPolicy;
    policy.min_length = given.MinimumLength ? static_cast<std::size_t>(given.MinimumLength->get()) : 6;
    policy.uppercase = given.RequireUppercase.value_or(false);
    policy.lowercase = given.RequireLowercase.value_or(false);
    policy.numbers = given.RequireNumbers.value_or(false);
    policy.symbols = given.RequireSymbols.value_or(false);
    if (given.TemporaryPasswordValidityDays && given.TemporaryPasswordValidityDays->get() > 0)
        policy.temporary_life = std::chrono::days(given.TemporaryPasswordValidityDays->get());
    return policy;
}

std::optional<std::string_view> find_password_problem(const PasswordPolicy& policy, std::string_view text) {
    const auto length = count_characters(text);
    if (!length) return "Password must be valid text";
    if (*length < policy.min_length) return "Password not long enough";
    if (*length > max_length) return "Password too long";
    if (has_space_or_control(text)) return "Password must not contain white space";
    if (policy.uppercase && !has_between(text, 'A', 'Z')) return "Password must have uppercase characters";
    if (policy.lowercase && !has_between(text, 'a', 'z')) return "Password must have lowercase characters";
    if (policy.numbers && !has_between(text, '0', '9')) return "Password must have numeric characters";
    if (policy.symbols && !has_any(text, symbols)) return "Password must have symbol characters";
    return std::nullopt;
}

void check_password(const PasswordPolicy& policy, std::string_view text) {
    if (const auto problem = find_password_problem(policy, text))
        throw Error(Errc::invalid_password, "Password did not conform with policy: " + std::string(*problem));
}

bool may_lack_password(const PoolSettings& settings, const Attributes& attributes) {
    if (!settings.Policies || !settings.Policies->SignInPolicy) return false;
    const auto& allowed = settings.Policies->SignInPolicy->AllowedFirstAuthFactors;
    const auto can = [&](AuthFactorType factor, std::string_view attribute) {
        if (!allowed || std::find(allowed->begin(), allowed->end(), factor) == allowed->end()) return false;
        const auto found = attributes.find(attribute);
        return found != attributes.end() && !found->second.empty();
    };
    return can(AuthFactorType::EMAIL_OTP, "email") || can(AuthFactorType::SMS_OTP, "phone_number");
}

Password generate_password(const PasswordPolicy& policy, crypto::Random& random) {
    // Without characters that are taken for others when they are read from a phone, and without those that messages,
    // shells and markup give a meaning.
    constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+-=?@_";
    PasswordPolicy every_class = policy;
    every_class.uppercase = every_class.lowercase = every_class.numbers = every_class.symbols = true;
    const std::size_t length = std::max<std::size_t>(policy.min_length, 12);
    // Drawn again until it conforms: every conforming password is as likely as every other.
    while (true) {
        std::string text = random.text(length, alphabet);
        Password password(text);
        explicit_bzero(text.data(), text.size());
        if (!find_password_problem(every_class, password.reveal())) return password;
    }
}

}  // namespace symbolon::directory
