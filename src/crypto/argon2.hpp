#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Argon2 (RFC 9106) by libargon2, and its PHC text form. Private to the floor: use PasswordHasher.
namespace symbolon::crypto::argon2 {

/// Ours is id; other systems have stored the others.
enum class Type { d, i, id };

struct Parameters {
    std::uint32_t memory_kib = 0;
    std::uint32_t passes = 0;
    std::uint32_t lanes = 1;

    friend bool operator==(const Parameters&, const Parameters&) = default;
};

/// `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, taken apart.
struct Encoded {
    Type type = Type::id;
    Parameters parameters;
    Bytes salt;
    Bytes hash;
};

/// Nothing for another algorithm or version, another order of the parameters, or parameters that Argon2 does not have.
/// Whether the cost can be paid is_affordable() says.
std::optional<Encoded> parse(std::string_view text);
std::string to_text(const Encoded& encoded);

/// False for a cost that no server stores with good reason, and that would hold up everybody who signs in.
bool is_affordable(const Parameters& parameters);

/// Derives as many bytes as `encoded.hash` has, by its type, parameters and salt. Fails: Error{internal}, for example
/// when there is no memory.
Bytes derive(std::string_view password, const Encoded& encoded);

/// derive() keeps its working memory for the next call on this thread; this gives it back to the operating system.
void release_memory();

}  // namespace symbolon::crypto::argon2
