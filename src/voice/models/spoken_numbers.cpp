#include "voice/models/spoken_numbers.hpp"
#include "voice/models/built_in_types.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace symbolon::voice {

namespace {

using Role = NumberPart::Role;

constexpr std::int64_t largest = 999'999'999'999;
constexpr std::size_t longest_phone_number = 15;
constexpr std::size_t longest_name = 150;  // of a number, in bytes: no number is said longer

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<std::int64_t> read_digits(std::string_view text, char thousands_mark) {
    std::string digits(text);
    std::erase(digits, thousands_mark);
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem != std::errc{} || end != digits.data() + digits.size() || value > largest || value < -largest) {
        return std::nullopt;
    }
    return value;
}

/// How far a number has come: what the parts so far add up to, and what may follow them.
struct Course {
    std::int64_t total = 0;            ///< of the groups that a scale has ended
    std::int64_t below = largest + 1;  ///< scales come from the largest to the smallest
    std::int64_t group = 0;            ///< below a thousand, as a rule
    std::int64_t room = 0;             ///< what may be added to the group is less
    bool in_group = false;
    bool after_unit = false;   ///< "ein" of "einundzwanzig"
    bool linked = false;       ///< the last part was "and"
    bool wants_scale = false;  ///< the last part was "a"

    bool is_complete() const { return !linked && !wants_scale && (in_group || below <= largest); }
    std::int64_t value() const { return total + group; }
};

/// Adds to the group, or begins it.
bool add(Course& course, std::int64_t value, std::int64_t room) {
    const bool fits = !course.in_group || (value > 0 && value < course.room);
    if (!fits) return false;
    course.group += value;
    course.room = room;
    course.in_group = true;
    return true;
}

bool end_group(Course& course, std::int64_t scale, const Language& language) {
    const bool counted = course.in_group ? course.group > 0 : language.bare_hundred && scale == 1000;
    if (scale >= course.below || !counted) return false;
    course.total += (course.in_group ? course.group : 1) * scale;
    course.below = scale;
    course.group = 0;
    course.in_group = false;
    return true;
}

bool multiply_by_hundred(Course& course, const Language& language) {
    if (!course.in_group) return language.bare_hundred && add(course, 100, 100);
    if (course.group < 1 || course.group > 99) return false;
    course.group *= 100;
    course.room = 100;
    return true;
}

/// The course with one more part; false when it may not stand there.
bool take_part(Course& course, const NumberPart& part, const Language& language) {
    const bool linked = std::exchange(course.linked, false);
    const bool after_unit = std::exchange(course.after_unit, false);
    const bool wants_scale = std::exchange(course.wants_scale, false);
    if (wants_scale && part.role != Role::hundred && part.role != Role::scale) return false;
    const bool fresh = !course.in_group || course.room == 100;
    switch (part.role) {
        case Role::small:
            course.after_unit = language.units_first && fresh && part.value > 0 && part.value < 10;
            return (fresh || !language.units_first) && add(course, part.value, 0);
        case Role::ten:
            if (linked && after_unit) course.room = 100;
            return (fresh || (linked && after_unit)) && add(course, part.value, linked && after_unit ? 0 : part.room);
        case Role::hundred:
            return !(linked && course.in_group) && multiply_by_hundred(course, language);
        case Role::hundreds:
            return !course.in_group && add(course, part.value, 100);
        case Role::scale:
            return !linked && end_group(course, part.value, language);
        case Role::link:
            course.linked = true;
            course.after_unit = after_unit;
            return !linked && (course.in_group || course.total > 0);
        case Role::article:
            course.wants_scale = true;
            return !course.in_group && add(course, part.value, 0);
    }
    return false;
}

/// Reads the name of a number part by part. Where two parts could stand, the one with which all of the text is a number
/// is meant: "cento" or "cent" of "centotto".
std::optional<std::int64_t> read_name(std::string_view text, const Course& course, const Language& language) {
    if (text.starts_with(' ')) text.remove_prefix(1);
    if (text.empty()) return course.is_complete() ? std::optional(course.value()) : std::nullopt;
    if (is_digit(text.front())) {
        const auto word = text.substr(0, text.find(' '));
        const auto digits = read_digits(word, language.thousands_mark);
        Course next = course;
        const bool begins = digits && *digits < 1'000'000 && !next.in_group && !next.wants_scale;
        next.linked = false;
        if (!begins || !add(next, *digits, 0)) return std::nullopt;
        return read_name(text.substr(word.size()), next, language);
    }
    for (const auto& part : language.numbers) {
        Course next = course;
        if (!text.starts_with(part.text) || !take_part(next, part, language)) continue;
        if (auto value = read_name(text.substr(part.text.size()), next, language)) return value;
    }
    return std::nullopt;
}

std::optional<std::int64_t> read_whole(std::string_view text, const Language& language) {
    if (text.empty() || text.size() > longest_name) return std::nullopt;
    const bool negative = text.starts_with(language.minus) && text.substr(language.minus.size()).starts_with(' ');
    if (negative) text.remove_prefix(language.minus.size() + 1);
    const auto value = read_name(text, {}, language);
    if (!value || *value > largest) return std::nullopt;
    return negative ? -*value : *value;
}

/// One word that names a digit, or digits; "" for another word.
std::string digits_of(const Word& word, const Language& language) {
    if (std::ranges::all_of(word.plain, is_digit)) return word.plain;
    for (const auto& digit : language.spoken_digits) {
        if (digit.text == word.plain) return std::to_string(digit.value);
    }
    for (const auto& part : language.numbers) {
        const bool one_digit = part.role == Role::small && part.value < 10;
        if (one_digit && part.text == word.plain) return std::to_string(part.value);
    }
    return {};
}

/// Words that name one digit each, and digits; "" when another word is among them.
std::string join_digits(std::span<const Word> words, const Language& language) {
    std::string out;
    for (const auto& word : words) {
        const auto digits = digits_of(word, language);
        if (digits.empty()) return {};
        out += digits;
    }
    return out;
}

/// What stands before an ordinal's ending, as the cardinal that it was made of.
std::optional<std::int64_t> cardinal_of(std::string_view stem, const Language& language) {
    if (stem.empty()) return std::nullopt;
    if (is_digit(stem.front())) return read_digits(stem, language.thousands_mark);
    if (auto whole = read_whole(stem, language)) return whole;
    for (const auto ending : language.cardinal_endings) {
        if (auto whole = read_whole(std::string(stem) + std::string(ending), language)) return whole;
    }
    return std::nullopt;
}

/// "nineteen eighty four": two numbers of two digits.
std::optional<std::string> read_pair(std::span<const Word> words, const Language& language) {
    for (std::size_t split = 1; split < words.size(); ++split) {
        const auto first = number_of(words.first(split), language);
        const auto second = number_of(words.subspan(split), language);
        const auto two = [](std::int64_t value) { return value > 9 && value < 100; };
        if (first && second && two(*first) && two(*second)) return std::to_string(*first) + std::to_string(*second);
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> number_of(std::span<const Word> words, const Language& language) {
    if (words.size() == 1) {
        if (const auto digits = read_digits(words.front().plain, language.thousands_mark)) return digits;
    }
    return read_whole(join_plain(words), language);
}

std::optional<std::int64_t> ordinal_of(std::span<const Word> words, const Language& language) {
    const auto text = join_plain(words);
    if (text.size() > longest_name) return std::nullopt;
    for (const auto& known : language.ordinals) {  // "first", and the end of "twenty first"
        if (text == known.text) return known.value;
        if (known.value < 1 || known.value > 9 || !text.ends_with(" " + std::string(known.text))) continue;
        const auto ten = read_whole(text.substr(0, text.size() - known.text.size() - 1), language);
        if (ten && *ten >= 20 && *ten % 10 == 0) return *ten + known.value;
    }
    for (const auto ending : language.ordinal_endings) {
        if (!text.ends_with(ending)) continue;
        if (auto value = cardinal_of(text.substr(0, text.size() - ending.size()), language)) return value;
    }
    return std::nullopt;
}

std::optional<std::string> read_number(std::span<const Word> words, const Language& language) {
    const auto value = number_of(words, language);
    return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

std::optional<std::string> read_four_digits(std::span<const Word> words, const Language& language) {
    if (auto digits = join_digits(words, language); digits.size() == 4) return digits;
    if (auto pair = read_pair(words, language)) return pair;
    const auto value = number_of(words, language);
    if (!value || *value < 1000 || *value > 9999) return std::nullopt;
    return std::to_string(*value);
}

std::optional<std::string> read_ordinal(std::span<const Word> words, const Language& language) {
    const auto value = ordinal_of(words, language);
    return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

std::optional<std::string> read_phone_number(std::span<const Word> words, const Language& language) {
    std::vector<Word> rest(words.begin(), words.end());
    const bool international = !rest.empty() && rest.front().plain.starts_with('+');
    if (international) rest.front().plain.erase(0, 1);
    const auto digits = join_digits(rest, language);
    if (digits.size() < 3 || digits.size() > longest_phone_number) return std::nullopt;
    return international ? "+" + digits : digits;
}

}  // namespace symbolon::voice
