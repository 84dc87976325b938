#include "voice/models/words.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <cctype>

namespace symbolon::voice {

namespace {

/// Simple case folding of the alphabets in which the platform speaks.
char32_t to_lower(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;     // Latin-1
    if (c >= 0x100 && c <= 0x137 && c % 2 == 0) return c + 1;   // Latin Extended-A
    if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 32;  // Greek
    if (c >= 0x410 && c <= 0x42F) return c + 32;                // Cyrillic
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    return c;
}

void append_utf8(std::string& out, char32_t c) {
    const auto byte = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

std::u32string decode(std::string_view text) {
    std::u32string out;
    while (!text.empty()) {
        if (const auto c = take_character(text)) {
            out += *c;
        } else {
            text.remove_prefix(1);
        }
    }
    return out;
}

std::string encode(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) append_utf8(out, c);
    return out;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == 0x2019;
}

bool separates(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 || c == U'-' || c == 0x2010 ||
           c == 0x2011 || c == 0x2013 || c == 0x2014 || c == U'/';
}

bool belongs_to_word(char32_t c) {
    if (c < 0x80) return std::isalnum(static_cast<int>(c)) != 0;
    const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3003) || c == 0xA1 || c == 0xBF ||
                             c == 0xAB || c == 0xBB;
    return !punctuation;
}

/// True where a mark stands inside a number: "7:30", "1,000", "3.5", "2026-11-30", "+49", "-5".
bool belongs_to_number(std::u32string_view text, std::size_t at) {
    const char32_t c = text[at];
    const bool digit_before = at > 0 && is_digit(text[at - 1]);
    const bool digit_after = at + 1 < text.size() && is_digit(text[at + 1]);
    if (c == U':' || c == U'.' || c == U',') return digit_before && digit_after;
    if (c != U'-' && c != U'+') return false;
    const bool begins = at == 0 || text[at - 1] == U' ';
    return digit_after && (digit_before || begins);
}

/// Splits at separators; a mark inside a number is none.
std::vector<std::u32string> split_tokens(std::u32string_view text) {
    std::vector<std::u32string> out(1);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (separates(text[at]) && !belongs_to_number(text, at)) {
            if (!out.back().empty()) out.emplace_back();
        } else if (belongs_to_word(text[at]) || is_apostrophe(text[at]) || belongs_to_number(text, at)) {
            out.back() += text[at];
        }
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

void add_word(std::vector<Word>& out, const std::u32string& token) {
    std::u32string plain;
    for (const char32_t c : token) {
        if (!is_apostrophe(c)) plain += to_lower(c);
    }
    if (!plain.empty()) out.push_back({encode(plain), encode(token)});
}

bool ends_in_genitive(const std::u32string& token) {
    const auto size = token.size();
    return size >= 2 && (token[size - 1] == U's' || token[size - 1] == U'S') && is_apostrophe(token[size - 2]);
}

}  // namespace

std::string fold_case(std::string_view text) {
    auto characters = decode(text);
    std::ranges::transform(characters, characters.begin(), to_lower);
    return encode(characters);
}

std::vector<Word> split_words(std::string_view text) {
    std::vector<Word> out;
    for (auto& token : split_tokens(decode(text))) {
        const bool genitive = ends_in_genitive(token);
        if (genitive) token.resize(token.size() - 2);
        add_word(out, token);
        if (genitive) out.push_back({"'s", "'s"});
    }
    return out;
}

std::string join_plain(std::span<const Word> words) {
    std::string out;
    for (const auto& word : words) {
        if (!out.empty()) out += ' ';
        out += word.plain;
    }
    return out;
}

std::string plain_text(std::string_view text) {
    return join_plain(split_words(text));
}

}  // namespace symbolon::voice
