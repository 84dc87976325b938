#include "directory/style_rules.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace symbolon::directory {
namespace {

// The classes of the classic pages that may be styled.
constexpr std::array<std::string_view, 15> classes{"background-customizable",
                                                   "banner-customizable",
                                                   "errorMessage-customizable",
                                                   "idpButton-customizable",
                                                   "idpDescription-customizable",
                                                   "inputField-customizable",
                                                   "label-customizable",
                                                   "legalText-customizable",
                                                   "logo-customizable",
                                                   "passwordCheck-notValid-customizable",
                                                   "passwordCheck-valid-customizable",
                                                   "redirect-customizable",
                                                   "socialButton-customizable",
                                                   "submitButton-customizable",
                                                   "textDescription-customizable"};

constexpr std::array<std::string_view, 3> states{"hover", "focus", "active"};

// What may be set: each of these, and what begins with it and a hyphen; with a vendor's prefix or without.
constexpr std::array<std::string_view, 48> properties{
    "align",      "appearance", "background", "border",     "bottom",  "box",    "clear",   "color",
    "column",     "cursor",     "direction",  "display",    "filter",  "flex",   "float",   "font",
    "gap",        "grid",       "height",     "justify",    "left",    "letter", "line",    "list",
    "margin",     "max",        "min",        "object",     "opacity", "order",  "outline", "overflow",
    "place",      "padding",    "position",   "right",      "row",     "text",   "top",     "transform",
    "transition", "user",       "vertical",   "visibility", "white",   "width",  "word",    "z-index"};
constexpr std::array<std::string_view, 3> vendors{"-webkit-", "-moz-", "-ms-"};

// The functions that a value may call: none of them loads, runs or reads anything.
constexpr std::array<std::string_view, 24> functions{"blur",
                                                     "brightness",
                                                     "calc",
                                                     "clamp",
                                                     "contrast",
                                                     "cubic-bezier",
                                                     "drop-shadow",
                                                     "grayscale",
                                                     "hsl",
                                                     "hsla",
                                                     "linear-gradient",
                                                     "max",
                                                     "min",
                                                     "opacity",
                                                     "radial-gradient",
                                                     "repeating-linear-gradient",
                                                     "rgb",
                                                     "rgba",
                                                     "rotate",
                                                     "saturate",
                                                     "scale",
                                                     "steps",
                                                     "translate",
                                                     "translatey"};

constexpr std::string_view blanks = " \t\r\n\f";

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || c == '-';
}

/// `text` is in small letters.
bool is_property(std::string_view text) {
    if (!std::all_of(text.begin(), text.end(), is_letter)) return false;
    for (const auto vendor : vendors)
        if (text.starts_with(vendor)) text.remove_prefix(vendor.size());
    const auto begins = [&](std::string_view family) {
        return text == family ||
               (text.starts_with(family) && text.size() > family.size() && text[family.size()] == '-');
    };
    return std::any_of(properties.begin(), properties.end(), begins);
}

/// The name right before the parenthesis at `at`.
std::string_view function_before(std::string_view value, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && is_letter(value[begin - 1])) --begin;
    return value.substr(begin, at - begin);
}

/// Strings end on their line and parentheses are closed, or a browser would read on beyond the declaration; no function
/// but those above is called. `value` is in small letters.
bool is_value(std::string_view value) {
    char quote = 0;
    int open = 0;
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char c = value[at];
        const bool is_blank = blanks.find(c) != std::string_view::npos;
        if (static_cast<unsigned char>(c) < 0x20 && (!is_blank || (quote != 0 && c != '\t'))) return false;
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(') {
            const auto name = function_before(value, at);
            if (!(name.empty() && open > 0) && !holds(functions, name)) return false;
            ++open;
        } else if (c == ')') {
            if (--open < 0) return false;
        } else if (c == '[' || c == ']' || c == ':') {
            return false;
        }
    }
    return quote == 0 && open == 0;
}

/// Reads rule after rule.
class Sheet {
public:
    explicit Sheet(std::string text) : text_(std::move(text)) {}

    void check() {
        while (true) {
            const auto begin = text_.find_first_not_of(blanks, at_);
            if (begin == std::string::npos) return;
            at_ = begin;
            check_selectors(take_until('{', "A rule has no {."));
            check_declarations(take_until('}', "A rule has no }."));
        }
    }

private:
    [[noreturn]] void refuse(const std::string& reason) const {
        const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
        throw Error(Errc::invalid_parameter, "Invalid CSS: line " + std::to_string(line) + ": " + reason);
    }

    std::string_view take_until(char end, const char* missing) {
        const auto found = text_.find(end, at_);
        if (found == std::string::npos) refuse(missing);
        const std::string_view taken = std::string_view(text_).substr(at_, found - at_);
        for (const char c : {'{', '}', '@', '<', '>', '\\'})
            if (taken.find(c) != std::string_view::npos)
                refuse("The character " + std::string(1, c) + " is not allowed here.");
        at_ = found + 1;
        return taken;
    }

    void check_selectors(std::string_view list) const {
        while (true) {
            const auto comma = list.find(',');
            auto selector = trimmed(list.substr(0, comma));
            const auto colon = selector.find(':');
            if (colon != std::string_view::npos && !holds(states, selector.substr(colon + 1)))
                refuse("Only :hover, :focus and :active may follow a class.");
            selector = selector.substr(0, colon);
            if (!selector.starts_with('.') || !holds(classes, selector.substr(1)))
                refuse("Only the classes of the hosted pages can be styled.");
            if (comma == std::string_view::npos) return;
            list.remove_prefix(comma + 1);
        }
    }

    void check_declarations(std::string_view list) const {
        while (true) {
            const auto semicolon = list.find(';');
            const auto declaration = trimmed(list.substr(0, semicolon));
            if (!declaration.empty()) check_declaration(declaration);
            if (semicolon == std::string_view::npos) return;
            list.remove_prefix(semicolon + 1);
        }
    }

    void check_declaration(std::string_view declaration) const {
        const auto colon = declaration.find(':');
        if (colon == std::string_view::npos) refuse("A declaration has no colon.");
        const std::string property = lower(trimmed(declaration.substr(0, colon)));
        if (!is_property(property)) refuse("A property is not allowed.");
        const std::string value = lower(declaration.substr(colon + 1));
        if (trimmed(value).empty()) refuse("A declaration has no value.");
        if (!is_value(value)) refuse("The value of " + property + " is not allowed.");
    }

    const std::string text_;
    std::size_t at_ = 0;
};

/// Where the next comment begins; what looks like one in a string is none. `quote` is what a string is open with.
std::size_t find_comment(std::string_view css, char& quote) {
    for (std::size_t at = 0; at < css.size(); ++at) {
        const char c = css[at];
        if (quote != 0) {
            if (c == quote || c == '\n' || c == '\r' || c == '\f') quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (css.substr(at).starts_with("/*")) {
            return at;
        }
    }
    return std::string_view::npos;
}

/// Comments become as many line ends as they have, so that lines keep their numbers; no two words grow together.
std::string without_comments(std::string_view css) {
    std::string out;
    out.reserve(css.size());
    char quote = 0;
    while (true) {
        const auto begin = find_comment(css, quote);
        out += css.substr(0, begin);
        if (begin == std::string_view::npos) return out;
        const auto end = css.find("*/", begin + 2);
        if (end == std::string_view::npos) throw Error(Errc::invalid_parameter, "Invalid CSS: a comment has no end.");
        const auto comment = css.substr(begin, end - begin);
        out += ' ';
        out.append(static_cast<std::size_t>(std::count(comment.begin(), comment.end(), '\n')), '\n');
        css.remove_prefix(end + 2);
    }
}

}  // namespace

void check_style(std::string_view css) {
    Sheet(without_comments(css)).check();
}

}  // namespace symbolon::directory
