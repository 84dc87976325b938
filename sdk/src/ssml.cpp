#include "symbolon/skill/ssml.hpp"

namespace symbolon::skill {
namespace {

constexpr std::string_view opening = "<speak>";
constexpr std::string_view closing = "</speak>";

std::string_view trim(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// XML 1.0 §2.2, for what may stand in valid UTF-8.
bool is_allowed(char c) {
    return static_cast<unsigned char>(c) >= ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

std::string escape_ssml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&apos;";
                break;
            default:
                if (is_allowed(c)) out += c;
        }
    }
    return out;
}

std::string say_as(std::string_view interpretation, std::string_view text) {
    return "<say-as interpret-as=\"" + escape_ssml(interpretation) + "\">" + escape_ssml(text) + "</say-as>";
}

std::string say_digits(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return say_as("digits", digits);
}

std::string wrap_speak(std::string_view ssml) {
    ssml = trim(ssml);
    if (ssml.starts_with(opening) && ssml.ends_with(closing)) {
        ssml = trim(ssml.substr(opening.size(), ssml.size() - opening.size() - closing.size()));
    }
    return std::string(opening) + std::string(ssml) + std::string(closing);
}

}  // namespace symbolon::skill
