#include "base/encoding.hpp"

#include "base/utf8.hpp"

#include <array>
#include <cstddef>

namespace symbolon {

namespace {

constexpr std::string_view lower_hex = "0123456789abcdef";
constexpr std::string_view upper_hex = "0123456789ABCDEF";
constexpr std::string_view standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t foreign = 0xFF;
constexpr std::uint32_t max_value = 63;  // of a character

using Values = std::array<std::uint8_t, 256>;

constexpr Values values_of(std::string_view alphabet) {
    Values values{};
    values.fill(foreign);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}

constexpr Values standard_values = values_of(standard);
constexpr Values url_safe_values = values_of(url_safe);

std::uint8_t hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    return foreign;
}

std::string encode_base64(ByteView bytes, std::string_view alphabet) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out += alphabet[(buffer >> bits) & 0x3F];
        }
    }
    if (bits > 0) out += alphabet[(buffer << (6 - bits)) & 0x3F];
    return out;
}

/// `text` without padding. Refuses a lone last character and last bits that no encoder writes, so that one value has
/// one text only.
std::optional<Bytes> decode_base64(std::string_view text, const Values& values) {
    if (text.size() % 4 == 1) return std::nullopt;
    const auto value_at = [&](std::size_t i) -> std::uint32_t { return values[static_cast<unsigned char>(text[i])]; };
    Bytes out(text.size() * 3 / 4);
    std::uint8_t* to = out.data();
    std::uint32_t seen = 0;  // all values, one over the other: a foreign one has a bit that none of 64 has
    std::size_t i = 0;
    for (; i + 4 <= text.size(); i += 4) {
        const auto a = value_at(i), b = value_at(i + 1), c = value_at(i + 2), d = value_at(i + 3);
        seen |= a | b | c | d;
        const auto three_bytes = a << 18 | b << 12 | c << 6 | d;
        *to++ = static_cast<std::uint8_t>(three_bytes >> 16);
        *to++ = static_cast<std::uint8_t>(three_bytes >> 8);
        *to++ = static_cast<std::uint8_t>(three_bytes);
    }
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (; i < text.size(); ++i, bits += 6) {
        seen |= value_at(i);
        buffer = buffer << 6 | value_at(i);
    }
    for (; bits >= 8; bits -= 8) *to++ = static_cast<std::uint8_t>(buffer >> (bits - 8));
    const bool stray_bits = (buffer & ((1U << bits) - 1)) != 0;
    if (seen > max_value || stray_bits) return std::nullopt;
    return out;
}

bool is_unreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

}  // namespace

std::string to_hex(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out += lower_hex[byte >> 4];
        out += lower_hex[byte & 0x0F];
    }
    return out;
}

std::optional<Bytes> parse_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const std::uint8_t high = hex_value(text[i]);
        const std::uint8_t low = hex_value(text[i + 1]);
        if (high == foreign || low == foreign) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string to_base64(ByteView bytes) {
    std::string out = encode_base64(bytes, standard);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::optional<Bytes> parse_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    return decode_base64(text, standard_values);
}

std::string to_base64url(ByteView bytes) {
    return encode_base64(bytes, url_safe);
}

std::optional<Bytes> parse_base64url(std::string_view text) {
    return decode_base64(text, url_safe_values);
}

std::string percent_encode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += upper_hex[byte >> 4];
        out += upper_hex[byte & 0x0F];
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        const std::uint8_t high = hex_value(text[i + 1]);
        const std::uint8_t low = hex_value(text[i + 2]);
        if (high == foreign || low == foreign) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
        i += 2;
    }
    return out;
}

std::optional<std::size_t> count_characters(std::string_view utf8) {
    std::size_t count = 0;
    for (;;) {
        const std::size_t ascii = ascii_run(utf8);
        count += ascii;
        utf8.remove_prefix(ascii);
        if (utf8.empty()) return count;
        if (!take_character(utf8)) return std::nullopt;
        ++count;
    }
}

}  // namespace symbolon
