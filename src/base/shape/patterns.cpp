#include "base/shape/patterns.hpp"

#include "base/utf8.hpp"

#include <array>
#include <cstddef>

namespace symbolon {

namespace {

constexpr std::string_view code_place = "{####}";

constexpr bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_space(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Whether a byte is of [\w] or one of some others.
class CharacterSet {
public:
    explicit constexpr CharacterSet(std::string_view others) {
        for (std::size_t i = 0; i < has_.size(); ++i) {
            const char c = static_cast<char>(i);
            has_[i] = is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || others.find(c) != std::string_view::npos;
        }
    }
    constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

private:
    std::array<bool, 256> has_{};
};

constexpr CharacterSet word("");
constexpr CharacterSet word_or_plus("+");
constexpr CharacterSet word_or_hyphen("-");
constexpr CharacterSet name_characters(" \t\n\v\f\r+=,.@-");
constexpr CharacterSet event_id_characters("+-");
constexpr CharacterSet base64_characters("+=/");
constexpr CharacterSet token_characters("-=.");  // access tokens come with every call: a table, not a search
constexpr CharacterSet idp_identifier_characters(" \t\n\v\f\r+=.@-");
constexpr CharacterSet arn_characters("+=/,.@-");

/// At least one, and all of the set.
bool consists_of(std::string_view text, const CharacterSet& set) {
    for (const char c : text) {
        if (!set.has(c)) return false;
    }
    return !text.empty();
}

/// Well-formed UTF-8 whose characters all satisfy `accepts`; may be empty.
template <class Accepts>
bool all_characters(std::string_view text, Accepts accepts) {
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character || !accepts(*character)) return false;
    }
    return true;
}

bool is_separator(char32_t c) {
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_line_end(char32_t c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// `head` + '_' + `tail`, where the head may hold further underscores.
template <class IsTail>
bool is_word_underscore(std::string_view text, IsTail is_tail) {
    const std::size_t underscore = text.rfind('_');
    if (underscore == std::string_view::npos || underscore == 0 || underscore + 1 == text.size()) return false;
    for (const char c : text.substr(underscore + 1)) {
        if (!is_tail(c)) return false;
    }
    return consists_of(text.substr(0, underscore), word_or_hyphen);
}

}  // namespace

bool is_any(std::string_view) {
    return true;
}
bool is_word(std::string_view text) {
    return consists_of(text, word);
}
bool is_word_or_plus(std::string_view text) {
    return consists_of(text, word_or_plus);
}
bool is_name(std::string_view text) {
    return consists_of(text, name_characters);
}
bool is_event_id(std::string_view text) {
    return consists_of(text, event_id_characters);
}
bool is_secret_hash(std::string_view text) {
    return consists_of(text, base64_characters);
}
bool is_token(std::string_view text) {
    return consists_of(text, token_characters);
}
bool is_configuration_set(std::string_view text) {
    return consists_of(text, word_or_hyphen);
}

bool is_pool_id(std::string_view text) {
    return is_word_underscore(text, [](char c) { return is_ascii_letter(c) || is_ascii_digit(c); });
}

bool is_device_key(std::string_view text) {
    return is_word_underscore(text, [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f') || c == '-'; });
}

bool is_without_space(std::string_view text) {
    return !text.empty() && all_characters(text, [](char32_t c) { return !is_space(c); });
}

bool is_graphic_text(std::string_view text) {
    return !text.empty() && all_characters(text, is_graphic);
}

bool is_graphic_or_blank(std::string_view text) {
    return !text.empty() && all_characters(text, [](char32_t c) {
        return is_graphic(c) || c == ' ' || c == '\t' || c == '\n' || c == '\r';
    });
}

bool is_graphic_or_space(std::string_view text) {
    return !text.empty() && is_message(text);
}

bool is_graphic_or_separator(std::string_view text) {
    return !text.empty() && all_characters(text, [](char32_t c) { return is_graphic(c) || is_separator(c); });
}

bool is_new_provider_name(std::string_view text) {
    std::size_t count = 0;
    const bool fits = all_characters(text, [&](char32_t c) {
        ++count;
        // Stricter than the pattern, which lets control characters pass but for the second.
        return is_graphic(c) && (count == 2 || c != '_');
    });
    return fits && count >= 3;
}

bool is_idp_identifier(std::string_view text) {
    return consists_of(text, idp_identifier_characters);
}

bool is_message(std::string_view text) {
    return all_characters(text, [](char32_t c) { return is_graphic(c) || is_space(c); });
}

bool is_message_with_code(std::string_view text) {
    return text.find(code_place) != std::string_view::npos && is_message(text);
}

bool is_message_with_link(std::string_view text) {
    // What stands between the marks is message text too, so the first opening and the last closing mark decide.
    const std::size_t opening = text.find("{##");
    const std::size_t closing = text.rfind("##}");
    return opening != std::string_view::npos && closing != std::string_view::npos && closing >= opening + 3 &&
           is_message(text);
}

bool is_line_with_code(std::string_view text) {
    return text.find(code_place) != std::string_view::npos &&
           all_characters(text, [](char32_t c) { return !is_line_end(c); });
}

bool is_email_address(std::string_view text) {
    if (text.size() < 3) return false;
    return text.substr(1, text.size() - 2).find('@') != std::string_view::npos && is_graphic_text(text);
}

bool is_domain_prefix(std::string_view text) {
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    for (const char c : text) {
        if (!is_ascii_digit(c) && !(c >= 'a' && c <= 'z') && c != '-') return false;
    }
    return true;
}

bool is_scope(std::string_view text) {
    for (const char c : text) {
        if (c < '!' || c > '~' || c == '"' || c == '\\') return false;
    }
    return !text.empty();
}

bool is_scope_name(std::string_view text) {
    return is_scope(text) && text.find('/') == std::string_view::npos;
}

bool is_digits(std::string_view text) {
    for (const char c : text) {
        if (!is_ascii_digit(c)) return false;
    }
    return !text.empty();
}

bool is_letters_and_digits(std::string_view text) {
    return consists_of(text, word) && text.find('_') == std::string_view::npos;
}

bool is_hex_text(std::string_view text) {
    for (const char c : text) {
        if (!is_ascii_digit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F')) return false;
    }
    return !text.empty();
}

bool is_arn(std::string_view text) {
    std::string_view parts[8];
    std::size_t count = 0;
    while (count < 8) {
        const std::size_t colon = text.find(':');
        parts[count++] = text.substr(0, colon);
        if (colon == std::string_view::npos) break;
        if (count == 8) return false;
        text.remove_prefix(colon + 1);
    }
    if (count < 6 || parts[0] != "arn" || !is_digits(parts[4])) return false;
    for (std::size_t i = 1; i < count; ++i) {
        const bool may_be_empty = i == 3;
        if (!(may_be_empty && parts[i].empty()) && !consists_of(parts[i], arn_characters)) return false;
    }
    return true;
}

}  // namespace symbolon
