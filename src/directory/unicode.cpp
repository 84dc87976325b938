#include "directory/unicode.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>

namespace symbolon::directory {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array invisible_ranges{
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x061C, 0x061C},   Range{0x115F, 0x1160},
    Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F}, Range{0x200B, 0x200F},   Range{0x202A, 0x202E},
    Range{0x2060, 0x206F}, Range{0x3164, 0x3164}, Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},
    Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFFB}, Range{0x1D173, 0x1D17A}, Range{0xE0000, 0xE0FFF},
};

/// The zeros of scripts whose ten digits follow each other.
constexpr char32_t zeros[]{0x0030u, 0x0660u, 0x06F0u, 0x07C0u, 0x0966u, 0x09E6u, 0x0A66u, 0x0AE6u, 0x0B66u, 0x0BE6u,
                           0x0C66u, 0x0CE6u, 0x0D66u, 0x0E50u, 0x0ED0u, 0x0F20u, 0x1040u, 0x17E0u, 0x1810u, 0xFF10u};

}  // namespace

void append_character(std::string& text, char32_t character) {
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0 | (character >> 6));
        put(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        put(0xE0 | (character >> 12));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    } else {
        put(0xF0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3F));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    }
}

bool is_invisible(char32_t character) {
    return std::any_of(invisible_ranges.begin(), invisible_ranges.end(),
                       [&](const Range& range) { return character >= range.first && character <= range.last; });
}

bool is_control(char32_t character) {
    return character < 0x20 || (character >= 0x7F && character <= 0x9F) || character == 0x2028 || character == 0x2029;
}

bool is_space(char32_t character) {
    return character == ' ' || (character >= '\t' && character <= '\r') || character == 0x85 || character == 0xA0 ||
           character == 0x1680 || (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
           character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

bool is_clean_text(std::string_view text) {
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character || is_control(*character)) return false;
    }
    return true;
}

std::optional<int> digit_value(char32_t character) {
    for (const char32_t zero : zeros)
        if (character >= zero && character <= zero + 9) return static_cast<int>(character - zero);
    return std::nullopt;
}

}  // namespace symbolon::directory
