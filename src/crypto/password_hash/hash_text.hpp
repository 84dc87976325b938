#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The pieces that the texts of password hashes are made of, taken off from the left. Private to the floor.
namespace symbolon::crypto::hash_text {

/// Takes `prefix` off `rest`; false, and `rest` as it was, when it does not begin so.
bool take(std::string_view& rest, std::string_view prefix);

/// Takes a decimal number without sign and leading zeros, so that a number has one spelling.
std::optional<std::uint32_t> take_number(std::string_view& rest);

/// Takes what stands before the first `$`, and the `$`. Nothing when there is none.
std::optional<std::string_view> take_part(std::string_view& rest);

/// Base64 of the standard alphabet without padding, as the PHC string format has it. Strict as parse_base64.
std::optional<Bytes> parse_unpadded(std::string_view text);
std::string to_unpadded(ByteView bytes);

/// The same with `.` in the place of `+`, as passlib writes PBKDF2.
std::optional<Bytes> parse_adapted(std::string_view text);

}  // namespace symbolon::crypto::hash_text
