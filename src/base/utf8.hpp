#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon {

/// How many bytes of ASCII the text begins with. Fast: most texts are nothing else.
std::size_t ascii_run(std::string_view text);

/// Takes the first character off `rest`, which must not be empty. Nothing, and `rest` as it was, when it does not begin
/// with a well-formed one: overlong forms, surrogates and values above U+10FFFF are not (RFC 3629 §3).
std::optional<char32_t> take_character(std::string_view& rest);

/// The text with every byte that belongs to no well-formed character replaced by U+FFFD.
std::string replace_invalid_utf8(std::string_view text);

}  // namespace symbolon
