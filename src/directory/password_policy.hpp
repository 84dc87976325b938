#pragma once

#include "base/secret.hpp"
#include "crypto/random.hpp"
#include "directory/pool_settings.hpp"

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

/// A temporary password that conforms: letters without look-alikes, digits, symbols; at least 12 characters.
Password generate_password(const PasswordPolicy& policy, crypto::Random& random);

}  // namespace symbolon::directory
