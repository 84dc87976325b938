#include "base/error.hpp"
#include "crypto/password.hpp"
#include "crypto/password_hash/password_hash.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace symbolon::crypto {
namespace {

struct Scheme {
    std::string_view prefix;
    std::string_view name;
    std::string_view most;  ///< what is accepted, for people; docs/operations.md says the same
    ParsedHash (*parse)(std::string_view text);
};

constexpr std::array schemes{
    Scheme{"$argon2", "Argon2", "256 MiB, 768 MiB times passes, 16 lanes", &parse_argon2},
    Scheme{"$2", "bcrypt", "cost 14", &parse_bcrypt},
    Scheme{"$pbkdf2-", "PBKDF2", "2000000 iterations, with SHA-512 1000000", &parse_pbkdf2},
    Scheme{"pbkdf2_", "PBKDF2", "2000000 iterations, with SHA-512 1000000", &parse_pbkdf2},
    Scheme{"$scrypt$", "scrypt", "128 * N * r * p of 256 MiB", &parse_scrypt},
};

const Scheme* find_scheme(std::string_view text) {
    const auto found = std::find_if(schemes.begin(), schemes.end(),
                                    [&](const Scheme& scheme) { return text.starts_with(scheme.prefix); });
    return found == schemes.end() ? nullptr : &*found;
}

/// In words that show nothing of the text.
std::string reason(HashFault fault, const Scheme* scheme) {
    if (scheme && fault == HashFault::malformed)
        return "The password hash begins like one of " + std::string(scheme->name) + ", but is malformed.";
    if (scheme && fault == HashFault::too_costly)
        return "The password hash costs more than is accepted of " + std::string(scheme->name) + ": " +
               std::string(scheme->most) + ".";
    return "The password hash is of no scheme that is known here: Argon2, bcrypt, PBKDF2 or scrypt.";
}

}  // namespace

ParsedHash parse_password_hash(std::string_view text) {
    const Scheme* scheme = find_scheme(text);
    if (!scheme) return HashFault::unknown_scheme;
    return scheme->parse(text);
}

void check_password_hash(std::string_view text) {
    const auto parsed = parse_password_hash(text);
    if (const auto* fault = std::get_if<HashFault>(&parsed))
        throw Error(Errc::invalid_parameter, reason(*fault, find_scheme(text)));
}

}  // namespace symbolon::crypto
