#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {

/// Adds a character in UTF-8.
void append_character(std::string& text, char32_t character);

/// True for characters that are not seen: zero-width, joiners, directional marks, soft hyphen, variation selectors,
/// tags.
bool is_invisible(char32_t character);
/// C0, DEL, C1, and the line and paragraph separators.
bool is_control(char32_t character);
bool is_space(char32_t character);
/// True when the text is well-formed UTF-8 without control characters.
bool is_clean_text(std::string_view text);

/// The value of a decimal digit of the scripts that phone numbers are typed in; nothing for any other character.
std::optional<int> digit_value(char32_t character);
/// Simple case folding (Unicode CaseFolding.txt, C and S) of Latin, Greek, Cyrillic and Armenian letters.
char32_t fold_case(char32_t character);

}  // namespace symbolon::directory
