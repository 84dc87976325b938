#pragma once

#include <memory>
#include <string_view>
#include <variant>

/// Password hashes as this and other systems store them, one verifier a scheme. Private to the floor but for
/// check_password_hash() in password.hpp: use PasswordHasher.
namespace symbolon::crypto {

/// A stored hash, taken apart, that costs no more to check than max_… of its scheme: about a second of one core and 256
/// MiB at most, whoever wrote the text.
class PasswordHash {
public:
    virtual ~PasswordHash() = default;
    /// Derives from the password what the hash holds, and compares in constant time. Slow on purpose.
    /// Fails: Error{internal}, for example when there is no memory.
    virtual bool matches(std::string_view password) const = 0;
};

/// Why a text is not a hash that can be checked.
enum class HashFault { unknown_scheme, malformed, too_costly };

using ParsedHash = std::variant<std::unique_ptr<const PasswordHash>, HashFault>;

/// By the scheme that the text's prefix names.
ParsedHash parse_password_hash(std::string_view text);

/// The schemes. Each is given the whole text, which begins with a prefix of its scheme.
ParsedHash parse_argon2(std::string_view text);
ParsedHash parse_bcrypt(std::string_view text);
ParsedHash parse_pbkdf2(std::string_view text);
ParsedHash parse_scrypt(std::string_view text);

}  // namespace symbolon::crypto
