#pragma once

#include "base/bytes.hpp"

#include <array>
#include <string_view>

namespace symbolon::crypto {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4).
Digest sha256(ByteView data);
inline Digest sha256(std::string_view text) {
    return sha256(bytes_of(text));
}

/// HMAC-SHA-256 (RFC 2104).
Digest hmac_sha256(ByteView key, ByteView data);

/// Compares without telling by its time where the first difference is. Different lengths are unequal.
bool equal_in_constant_time(ByteView a, ByteView b);
inline bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return equal_in_constant_time(bytes_of(a), bytes_of(b));
}

}  // namespace symbolon::crypto
