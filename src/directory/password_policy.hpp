#pragma once

#include "base/secret.hpp"
#include "crypto/random.hpp"
#include "directory/pool_settings.hpp"
#include "directory/users.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace symbolon::directory {

/// A pool's password policy with its defaults applied.
struct PasswordPolicy {
    std::size_t min_length = 8;
    bool uppercase = true;
    bool lowercase = true;
    bool numbers = true;
    bool symbols = true;
    std::chrono::days temporary_life{7};  ///< of a temporary password
};

PasswordPolicy password_policy(const PoolSettings& settings);

/// The first rule that the text breaks, in the words of the API ("Password not long enough"); nothing when it conforms.
/// For the hosted pages. Length counts Unicode characters. Spec: cognito-api §5.5.
std::optional<std::string_view> find_password_problem(const PasswordPolicy& policy, std::string_view text);

/// Fails: invalid_password "Password did not conform with policy: …". Spec: cognito-api §5.5.
void check_password(const PasswordPolicy& policy, std::string_view text);

/// True for a user who can be let in by a code alone: the pool allows one by text or mail in place of a password, and
/// the user has the attribute that it goes to. Spec: cognito-api §3.2 step 2, §4.6.
bool may_lack_password(const PoolSettings& settings, const Attributes& attributes);

/// A temporary password that conforms: letters without look-alikes, digits, symbols; at least 12 characters.
Password generate_password(const PasswordPolicy& policy, crypto::Random& random);

}  // namespace symbolon::directory
