#include "crypto/password_hash/hash_text.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace symbolon::crypto::hash_text {

bool take(std::string_view& rest, std::string_view prefix) {
    if (!rest.starts_with(prefix)) return false;
    rest.remove_prefix(prefix.size());
    return true;
}

std::optional<std::uint32_t> take_number(std::string_view& rest) {
    std::uint32_t number = 0;
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    const auto digits = static_cast<std::size_t>(end - rest.data());
    if (failure != std::errc{} || (digits > 1 && rest.front() == '0')) return std::nullopt;
    rest.remove_prefix(digits);
    return number;
}

std::optional<std::string_view> take_part(std::string_view& rest) {
    const std::size_t dollar = rest.find('$');
    if (dollar == std::string_view::npos) return std::nullopt;
    const std::string_view part = rest.substr(0, dollar);
    rest.remove_prefix(dollar + 1);
    return part;
}

std::optional<Bytes> parse_unpadded(std::string_view text) {
    if (text.find('=') != std::string_view::npos) return std::nullopt;
    std::string padded(text);
    padded.append((4 - padded.size() % 4) % 4, '=');
    return parse_base64(padded);
}

std::string to_unpadded(ByteView bytes) {
    std::string text = to_base64(bytes);
    while (text.ends_with('=')) text.pop_back();
    return text;
}

std::optional<Bytes> parse_adapted(std::string_view text) {
    if (text.find('+') != std::string_view::npos) return std::nullopt;
    std::string standard(text);
    std::replace(standard.begin(), standard.end(), '.', '+');
    return parse_unpadded(standard);
}

}  // namespace symbolon::crypto::hash_text
