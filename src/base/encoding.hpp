#pragma once

#include "base/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon {

/// Lower-case hexadecimal.
std::string to_hex(ByteView bytes);
/// Upper or lower case, even length; nothing for anything else.
std::optional<Bytes> parse_hex(std::string_view text);

/// Base64 with the standard alphabet and padding (RFC 4648 §4).
std::string to_base64(ByteView bytes);
/// Strict: standard alphabet, padding, no white space, no stray bits in the last character.
std::optional<Bytes> parse_base64(std::string_view text);

/// Base64 with the URL-safe alphabet, without padding (RFC 4648 §5, RFC 7515 §2).
std::string to_base64url(ByteView bytes);
/// Strict: URL-safe alphabet, no padding, no stray bits in the last character.
std::optional<Bytes> parse_base64url(std::string_view text);

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3); space becomes %20.
std::string percent_encode(std::string_view text);
/// Decodes %XX; nothing when a % is not followed by two hexadecimal digits. '+' stays '+'.
std::optional<std::string> percent_decode(std::string_view text);

/// The number of Unicode characters of a UTF-8 text; nothing when it is not valid UTF-8 (RFC 3629).
std::optional<std::size_t> count_characters(std::string_view utf8);

}  // namespace symbolon
