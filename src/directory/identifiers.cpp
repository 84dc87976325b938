#include "directory/identifiers.hpp"

#include "base/utf8.hpp"
#include "directory/unicode.hpp"

#include <algorithm>

namespace symbolon::directory {
namespace {

bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return lower;
}

/// No empty part between dots (RFC 5322 §3.2.3).
bool has_dot_atoms(std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

/// Visible characters that have no meaning of their own in a mail header (RFC 5322 §3.2.3, §3.4).
bool is_mail_safe(std::string_view text) {
    constexpr std::string_view specials = "()<>[]:;,\"\\";
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character || is_control(*character) || is_space(*character) || is_invisible(*character)) return false;
        if (*character < 0x80 && specials.find(static_cast<char>(*character)) != std::string_view::npos) return false;
    }
    return true;
}

bool is_label(std::string_view label) {
    const auto fits = [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '-'; };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), fits);
}

std::string_view first_character(std::string_view text) {
    std::string_view rest = text;
    if (rest.empty() || !take_character(rest)) return text.substr(0, 0);
    return text.substr(0, text.size() - rest.size());
}

}  // namespace

bool is_e164(std::string_view text) {
    if (text.size() < 3 || text.size() > 16 || text.front() != '+') return false;
    return std::all_of(text.begin() + 1, text.end(), is_ascii_digit);
}

std::optional<std::string> parse_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (text.size() > 2048 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos)
        return std::nullopt;
    const std::string_view local = text.substr(0, at);
    const std::string_view domain = text.substr(at + 1);
    if (!has_dot_atoms(local) || !has_dot_atoms(domain) || !is_mail_safe(local) || !is_mail_safe(domain))
        return std::nullopt;
    return std::string(local) + '@' + lower_ascii(domain);
}

std::string canonical_username(std::string_view username, bool case_sensitive) {
    std::string canonical;
    canonical.reserve(username.size());
    std::size_t end = 0;  // after the last character that is not white space
    while (!username.empty()) {
        auto character = take_character(username);
        if (!character) {  // not text: no user name has this character
            username.remove_prefix(1);
            character = 0xFFFD;
        }
        if (is_invisible(*character) || (canonical.empty() && is_space(*character))) continue;
        append_character(canonical, case_sensitive ? *character : fold_case(*character));
        if (!is_space(*character)) end = canonical.size();
    }
    canonical.resize(end);
    return canonical;
}

std::optional<std::string> parse_domain(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    if (text.empty() || text.size() > 253) return std::nullopt;
    std::string_view rest = text;
    while (true) {
        const std::size_t dot = rest.find('.');
        if (!is_label(rest.substr(0, dot))) return std::nullopt;
        if (dot == std::string_view::npos) return lower_ascii(text);
        rest.remove_prefix(dot + 1);
    }
}

std::string mask_phone_number(std::string_view e164) {
    constexpr std::size_t shown = 4;
    if (e164.size() <= shown + 1) return "+" + std::string(shown, '*');
    return "+" + std::string(e164.size() - shown - 1, '*') + std::string(e164.substr(e164.size() - shown));
}

std::string mask_email(std::string_view email) {
    const std::size_t at = email.find('@');
    const std::string_view domain = at == std::string_view::npos ? std::string_view{} : email.substr(at + 1);
    return std::string(first_character(email)) + "***@" + std::string(first_character(domain)) + "***";
}

}  // namespace symbolon::directory
