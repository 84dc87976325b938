#include "voice/models/built_in_types.hpp"
#include "voice/models/spoken_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace symbolon::voice {

namespace {

constexpr std::int64_t minutes_of_day = 24 * 60;

struct ClockTime {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
};

bool is_time(const ClockTime& time) {
    return time.hour >= 0 && time.hour <= 24 && time.minute >= 0 && time.minute <= 59;
}

std::optional<std::int64_t> read_part(std::string_view digits, const Language& language) {
    const Word word{std::string(digits), {}};
    return number_of(std::span(&word, 1), language);
}

/// "7:30", "7h30": digits around one of the language's marks.
std::optional<ClockTime> read_marked(std::string_view text, const Language& language) {
    const auto mark = text.find_first_of(language.clock_marks);
    if (mark == std::string_view::npos || text.size() != mark + 3) return std::nullopt;
    const auto hour = read_part(text.substr(0, mark), language);
    const auto minute = read_part(text.substr(mark + 1), language);
    return hour && minute ? std::optional(ClockTime{*hour, *minute}) : std::nullopt;
}

/// The words that are one pattern's, from its front on.
bool match(std::string_view pattern, std::span<const Word> words, const Language& language, ClockTime& out) {
    if (pattern.empty()) return words.empty();
    const auto space = pattern.find(' ');
    const auto first = pattern.substr(0, space);
    const auto rest = space == std::string_view::npos ? std::string_view{} : pattern.substr(space + 1);
    if (!first.starts_with('{')) {
        const bool same = !words.empty() && words.front().plain == first;
        return same && match(rest, words.subspan(1), language, out);
    }
    for (std::size_t count = 1; count <= words.size(); ++count) {
        const auto number = number_of(words.first(count), language);
        if (!number || !match(rest, words.subspan(count), language, out)) continue;
        (first == "{h}" ? out.hour : out.minute) = *number;
        return true;
    }
    return false;
}

/// A time by one of the language's patterns, by an hour alone, or by "seven thirty".
std::optional<ClockTime> read_clock(std::span<const Word> words, const Language& language) {
    if (words.size() == 1) {
        if (const auto marked = read_marked(words.front().plain, language)) return marked;
    }
    for (const auto& [pattern, minutes] : language.clock) {
        ClockTime time;
        if (!match(pattern, words, language, time) || !is_time(time)) continue;
        const auto at = (time.hour * 60 + time.minute + minutes + minutes_of_day) % minutes_of_day;
        return ClockTime{at / 60, at % 60};
    }
    if (const auto hour = number_of(words, language); hour && *hour <= 24) return ClockTime{*hour, 0};
    ClockTime time;
    const bool pair = match("{h} {m}", words, language, time) && time.minute > 9;
    return pair ? std::optional(time) : std::nullopt;
}

/// Takes "pm", "de la tarde" off the end; the hours that it stands for, or nothing.
std::optional<int> take_half_of_day(std::string& text, const Language& language) {
    for (const auto& half : language.halves_of_day) {
        if (text.size() <= half.text.size() || !text.ends_with(half.text)) continue;
        const auto before = text[text.size() - half.text.size() - 1];
        const bool attached = before >= '0' && before <= '9';  // "7pm"
        if (before != ' ' && !attached) continue;
        text.resize(text.size() - half.text.size() - (attached ? 0 : 1));
        return half.value;
    }
    return std::nullopt;
}

/// Without "at" in front of it, and "uhr" behind it.
void drop_fillers(std::string& text, const Language& language) {
    for (const auto filler : language.time_fillers) {
        const auto size = filler.size() + 1;
        if (text.starts_with(std::string(filler) + " ")) text.erase(0, size);
        if (text.ends_with(" " + std::string(filler))) text.resize(text.size() - size);
    }
}

const DurationUnit* find_unit(const Language& language, std::string_view word) {
    const auto found = std::ranges::find(language.units, word, &DurationUnit::text);
    return found != language.units.end() ? &*found : nullptr;
}

}  // namespace

std::optional<std::string> read_time(std::span<const Word> words, const Language& language, Instant now) {
    auto text = join_plain(words);
    if (std::ranges::find(language.now, text) != language.now.end()) return to_iso8601(now).substr(11, 5);
    drop_fillers(text, language);
    const auto named = std::ranges::find(language.times_of_day, text, &NamedTime::text);
    if (named != language.times_of_day.end()) return std::string(named->value);
    const auto half = take_half_of_day(text, language);
    auto time = read_clock(split_words(text), language);
    if (!time || !is_time(*time)) return std::nullopt;
    if (half && time->hour > 12) return std::nullopt;
    if (half) time->hour = time->hour % 12 + *half;
    if (time->hour == 24 && time->minute == 0) time->hour = 0;
    if (time->hour > 23) return std::nullopt;
    return fmt::format("{:02}:{:02}", time->hour, time->minute);
}

std::optional<std::string> read_duration(std::span<const Word> words, const Language& language) {
    std::string of_date;
    std::string of_day;
    while (!words.empty()) {
        const auto unit =
            std::ranges::find_if(words, [&](const Word& word) { return find_unit(language, word.plain) != nullptr; });
        if (unit == words.end() || unit == words.begin()) return std::nullopt;
        const auto count_words = words.first(static_cast<std::size_t>(unit - words.begin()));
        const bool one =
            count_words.size() == 1 && std::ranges::find(language.one, count_words.front().plain) != language.one.end();
        const auto count = one ? std::optional<std::int64_t>(1) : number_of(count_words, language);
        if (!count || *count < 0) return std::nullopt;
        const auto* found = find_unit(language, unit->plain);
        (found->of_day ? of_day : of_date) += std::to_string(*count) + found->letter;
        words = words.subspan(count_words.size() + 1);
        if (words.size() > 1 && words.front().plain == language.conjunction) words = words.subspan(1);
    }
    if (of_date.empty() && of_day.empty()) return std::nullopt;
    return "P" + of_date + (of_day.empty() ? "" : "T" + of_day);
}

}  // namespace symbolon::voice
