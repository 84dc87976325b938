#include "base/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace symbolon {

namespace {

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

std::size_t ascii_run(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    std::size_t length = 0;
    for (std::uint64_t bytes = 0; text.size() - length >= sizeof bytes; length += sizeof bytes) {
        std::memcpy(&bytes, text.data() + length, sizeof bytes);
        if ((bytes & high_bits) != 0) break;
    }
    while (length < text.size() && static_cast<unsigned char>(text[length]) < 0x80) ++length;
    return length;
}

std::optional<char32_t> take_character(std::string_view& rest) {
    const auto first = static_cast<unsigned char>(rest.front());
    if (first < 0x80) {
        rest.remove_prefix(1);
        return first;
    }
    std::size_t length = 0;
    char32_t character = 0;
    char32_t least = 0;  // below it, a shorter form exists
    if ((first & 0xE0) == 0xC0) {
        length = 2, character = first & 0x1Fu, least = 0x80;
    } else if ((first & 0xF0) == 0xE0) {
        length = 3, character = first & 0x0Fu, least = 0x800;
    } else if ((first & 0xF8) == 0xF0) {
        length = 4, character = first & 0x07u, least = 0x10000;
    } else {
        return std::nullopt;
    }
    if (rest.size() < length) return std::nullopt;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(rest[i])) return std::nullopt;
        character = (character << 6) | (static_cast<unsigned char>(rest[i]) & 0x3Fu);
    }
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < least || surrogate || character > 0x10FFFF) return std::nullopt;
    rest.remove_prefix(length);
    return character;
}

std::string replace_invalid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::string_view before = text;
        if (take_character(text)) {
            out += before.substr(0, before.size() - text.size());
        } else {
            out += "\xEF\xBF\xBD";
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace symbolon
