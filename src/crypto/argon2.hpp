#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Argon2id (RFC 9106) by libargon2, and its PHC text form. Private to the floor: use PasswordHasher.
namespace symbolon::crypto::argon2 {

struct Parameters {
    std::uint32_t memory_kib = 0;
    std::uint32_t passes = 0;
    std::uint32_t lanes = 1;
};

/// `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, taken apart.
struct Encoded {
    Parameters parameters;
    Bytes salt;
    Bytes hash;
};

/// Nothing for another algorithm or version, another order of the parameters, or a cost that no sane server stores.
std::optional<Encoded> parse(std::string_view text);
std::string to_text(const Encoded& encoded);

/// Derives `size` bytes. Fails: Error{internal}, for example when there is no memory.
Bytes derive(std::string_view password, ByteView salt, const Parameters& parameters, std::size_t size);

/// derive() keeps its working memory for the next call on this thread; this gives it back to the operating system.
void release_memory();

}  // namespace symbolon::crypto::argon2
