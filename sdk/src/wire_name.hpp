#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// How our names are written on the wire: `slot_to_elicit` is `slotToElicit`, an enumerator `in_progress` is
/// `IN_PROGRESS`. A final underscore keeps a name from being a C++ keyword and is left out.
namespace symbolon::skill::codec {

template <std::size_t Capacity>
struct WireName {
    std::array<char, Capacity> text = {};
    std::size_t size = 0;

    constexpr operator std::string_view() const { return {text.data(), size}; }
};

constexpr char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

template <std::size_t Capacity>
constexpr WireName<Capacity> to_camel_case(std::string_view name) {
    WireName<Capacity> out;
    bool starts_word = false;
    for (const char c : name) {
        if (c != '_') out.text[out.size++] = starts_word ? to_upper(c) : c;
        starts_word = c == '_';
    }
    return out;
}

template <std::size_t Capacity>
constexpr WireName<Capacity> to_upper_case(std::string_view name) {
    if (name.ends_with('_')) name.remove_suffix(1);
    WireName<Capacity> out;
    for (const char c : name) out.text[out.size++] = to_upper(c);
    return out;
}

}  // namespace symbolon::skill::codec
