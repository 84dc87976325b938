#include "voice/models/spoken_numbers.hpp"
#include "voice/models/built_in_types.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace symbolon::voice {

namespace {

constexpr std::int64_t largest = 999'999'999'999;
constexpr std::size_t longest_phone_number = 15;

struct NumberWord {
    std::string_view word;
    std::string_view ordinal;
    std::int64_t value;
};

constexpr std::array<NumberWord, 20> small_numbers{{{"zero", "zeroth", 0},
                                                    {"one", "first", 1},
                                                    {"two", "second", 2},
                                                    {"three", "third", 3},
                                                    {"four", "fourth", 4},
                                                    {"five", "fifth", 5},
                                                    {"six", "sixth", 6},
                                                    {"seven", "seventh", 7},
                                                    {"eight", "eighth", 8},
                                                    {"nine", "ninth", 9},
                                                    {"ten", "tenth", 10},
                                                    {"eleven", "eleventh", 11},
                                                    {"twelve", "twelfth", 12},
                                                    {"thirteen", "thirteenth", 13},
                                                    {"fourteen", "fourteenth", 14},
                                                    {"fifteen", "fifteenth", 15},
                                                    {"sixteen", "sixteenth", 16},
                                                    {"seventeen", "seventeenth", 17},
                                                    {"eighteen", "eighteenth", 18},
                                                    {"nineteen", "nineteenth", 19}}};
constexpr std::array<NumberWord, 8> tens{{{"twenty", "twentieth", 20},
                                          {"thirty", "thirtieth", 30},
                                          {"forty", "fortieth", 40},
                                          {"fifty", "fiftieth", 50},
                                          {"sixty", "sixtieth", 60},
                                          {"seventy", "seventieth", 70},
                                          {"eighty", "eightieth", 80},
                                          {"ninety", "ninetieth", 90}}};
constexpr std::array<NumberWord, 3> scales{
    {{"thousand", "thousandth", 1'000}, {"million", "millionth", 1'000'000}, {"billion", "billionth", 1'000'000'000}}};

template <std::size_t n>
const NumberWord* find_word(const std::array<NumberWord, n>& table, std::string_view word) {
    const auto found = std::ranges::find(table, word, &NumberWord::word);
    return found != table.end() ? &*found : nullptr;
}

/// Below a hundred, at the front of `words`, which it shortens.
std::optional<std::int64_t> take_below_hundred(std::span<const Word>& words) {
    if (words.empty()) return std::nullopt;
    if (const auto* small = find_word(small_numbers, words.front().plain)) {
        words = words.subspan(1);
        return small->value;
    }
    const auto* ten = find_word(tens, words.front().plain);
    if (ten == nullptr) return std::nullopt;
    words = words.subspan(1);
    const auto* unit = words.empty() ? nullptr : find_word(small_numbers, words.front().plain);
    if (unit == nullptr || unit->value < 1 || unit->value > 9) return ten->value;
    words = words.subspan(1);
    return ten->value + unit->value;
}

bool take(std::span<const Word>& words, std::string_view word) {
    if (words.empty() || words.front().plain != word) return false;
    words = words.subspan(1);
    return true;
}

std::optional<std::int64_t> read_digits(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != ','; });
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem != std::errc{} || end != digits.data() + digits.size() || value > largest || value < -largest) {
        return std::nullopt;
    }
    return value;
}

/// Below a thousand, "fifteen hundred", or digits.
std::optional<std::int64_t> take_group(std::span<const Word>& words) {
    if (const auto digits = read_digits(words.front().plain); digits && *digits >= 0 && *digits < 1'000'000) {
        words = words.subspan(1);
        return digits;
    }
    std::optional<std::int64_t> value;
    const bool one = words.size() > 1 && words[0].plain == "a" &&
                     (words[1].plain == "hundred" || find_word(scales, words[1].plain) != nullptr);
    if (one) {
        words = words.subspan(1);
        value = 1;
    } else {
        value = take_below_hundred(words);
    }
    if (!value || !take(words, "hundred")) return value;
    *value *= 100;
    auto rest = words;
    take(rest, "and");
    if (const auto below = take_below_hundred(rest)) {
        *value += *below;
        words = rest;
    }
    return value;
}

/// Words that name one digit each, and digits; "" when another word is among them.
std::string join_digits(std::span<const Word> words) {
    std::string out;
    for (const auto& word : words) {
        if (word.plain == "oh" || word.plain == "o") {
            out += '0';
            continue;
        }
        if (const auto* small = find_word(small_numbers, word.plain); small != nullptr && small->value < 10) {
            out += std::to_string(small->value);
            continue;
        }
        if (!std::ranges::all_of(word.plain, [](char c) { return c >= '0' && c <= '9'; })) return {};
        out += word.plain;
    }
    return out;
}

std::optional<std::int64_t> ordinal_word(std::string_view word) {
    for (const auto& small : small_numbers) {
        if (small.ordinal == word) return small.value;
    }
    for (const auto& ten : tens) {
        if (ten.ordinal == word) return ten.value;
    }
    constexpr std::array<std::string_view, 4> endings{"st", "nd", "rd", "th"};
    for (const auto ending : endings) {
        if (word.ends_with(ending)) return read_digits(word.substr(0, word.size() - ending.size()));
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> number_of(std::span<const Word> words) {
    if (words.size() == 1) {
        if (const auto digits = read_digits(words.front().plain)) return digits;
    }
    const bool negative = take(words, "minus");
    std::int64_t total = 0;
    std::int64_t below = largest + 1;  // scales come from the largest to the smallest
    while (!words.empty()) {
        const auto group = take_group(words);
        if (!group) return std::nullopt;
        const auto* scale = words.empty() ? nullptr : find_word(scales, words.front().plain);
        const std::int64_t factor = scale != nullptr ? scale->value : 1;
        if (factor >= below) return std::nullopt;
        if (scale != nullptr) words = words.subspan(1);
        total += *group * factor;
        below = factor;
        if (factor == 1 && !words.empty()) return std::nullopt;
        if (!words.empty() && take(words, "and") && words.empty()) return std::nullopt;
    }
    if (below > largest) return std::nullopt;  // nothing was said
    return negative ? -total : total;
}

std::optional<std::int64_t> ordinal_of(std::span<const Word> words) {
    if (words.size() == 1) return ordinal_word(words.front().plain);
    if (words.size() != 2) return std::nullopt;
    const auto* ten = find_word(tens, words[0].plain);
    const auto unit = ordinal_word(words[1].plain);
    if (ten == nullptr || !unit || *unit < 1 || *unit > 9) return std::nullopt;
    return ten->value + *unit;
}

std::optional<std::string> read_number(std::span<const Word> words) {
    const auto value = number_of(words);
    return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

std::optional<std::string> read_four_digits(std::span<const Word> words) {
    if (auto digits = join_digits(words); digits.size() == 4) return digits;
    auto rest = words;
    const auto first = take_below_hundred(rest);
    const auto second = take_below_hundred(rest);
    if (first && second && rest.empty() && *first > 9 && *second > 9) {
        return std::to_string(*first) + std::to_string(*second);
    }
    const auto value = number_of(words);
    if (!value || *value < 1000 || *value > 9999) return std::nullopt;
    return std::to_string(*value);
}

std::optional<std::string> read_ordinal(std::span<const Word> words) {
    const auto value = ordinal_of(words);
    return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

std::optional<std::string> read_phone_number(std::span<const Word> words) {
    std::vector<Word> rest(words.begin(), words.end());
    const bool international = !rest.empty() && rest.front().plain.starts_with('+');
    if (international) rest.front().plain.erase(0, 1);
    const auto digits = join_digits(rest);
    if (digits.size() < 3 || digits.size() > longest_phone_number) return std::nullopt;
    return international ? "+" + digits : digits;
}

}  // namespace symbolon::voice
