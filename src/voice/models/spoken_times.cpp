#include "voice/models/built_in_types.hpp"
#include "voice/models/spoken_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace symbolon::voice {

namespace {

struct TimeOfDay {
    std::string_view words;
    std::string_view value;
};
constexpr std::array<TimeOfDay, 10> times_of_day{{{"noon", "12:00"},
                                                  {"midday", "12:00"},
                                                  {"midnight", "00:00"},
                                                  {"morning", "MO"},
                                                  {"this morning", "MO"},
                                                  {"afternoon", "AF"},
                                                  {"this afternoon", "AF"},
                                                  {"evening", "EV"},
                                                  {"this evening", "EV"},
                                                  {"tonight", "NI"}}};

struct ClockTime {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
};

std::optional<ClockTime> read_clock(std::span<const Word> words) {
    if (words.empty()) return std::nullopt;
    const auto& first = words.front().plain;
    if (const auto colon = first.find(':'); colon != std::string::npos && words.size() == 1) {
        const Word hour{first.substr(0, colon), {}};
        const Word minute{first.substr(colon + 1), {}};
        const auto h = number_of(std::span(&hour, 1));
        const auto m = number_of(std::span(&minute, 1));
        if (!h || !m || minute.plain.size() != 2) return std::nullopt;
        return ClockTime{*h, *m};
    }
    if (words.size() > 2 && words[1].plain == "past" && (first == "half" || first == "quarter")) {
        const auto hour = number_of(words.subspan(2));
        return hour ? std::optional(ClockTime{*hour, first == "half" ? 30 : 15}) : std::nullopt;
    }
    if (words.size() > 2 && words[1].plain == "to" && first == "quarter") {
        const auto hour = number_of(words.subspan(2));
        return hour ? std::optional(ClockTime{*hour == 0 ? 23 : *hour - 1, 45}) : std::nullopt;
    }
    if (const auto hour = number_of(words); hour && *hour <= 24) return ClockTime{*hour, 0};
    for (std::size_t split = 1; split < words.size(); ++split) {  // "seven thirty"
        const auto hour = number_of(words.first(split));
        const auto minute = number_of(words.subspan(split));
        if (hour && minute && *minute > 9) return ClockTime{*hour, *minute};
    }
    return std::nullopt;
}

struct Unit {
    std::string_view word;
    char letter;
    bool of_day;
};
constexpr std::array<Unit, 7> units{{{"second", 'S', true},
                                     {"minute", 'M', true},
                                     {"hour", 'H', true},
                                     {"day", 'D', false},
                                     {"week", 'W', false},
                                     {"month", 'M', false},
                                     {"year", 'Y', false}}};

const Unit* find_unit(std::string_view word) {
    if (word.size() > 2 && word.ends_with('s')) word.remove_suffix(1);
    const auto found = std::ranges::find(units, word, &Unit::word);
    return found != units.end() ? &*found : nullptr;
}

}  // namespace

std::optional<std::string> read_time(std::span<const Word> words, Instant now) {
    const auto text = join_plain(words);
    if (text == "now") return to_iso8601(now).substr(11, 5);
    if (const auto named = std::ranges::find(times_of_day, text, &TimeOfDay::words); named != times_of_day.end()) {
        return std::string(named->value);
    }
    std::vector<Word> rest(words.begin(), words.end());
    if (rest.size() > 1 && rest.back().plain == "oclock") rest.pop_back();
    std::string half = rest.empty() ? "" : rest.back().plain;
    if (half == "am" || half == "pm") {
        rest.pop_back();
    } else if (half.size() > 2 && (half.ends_with("am") || half.ends_with("pm"))) {  // "7pm"
        rest.back().plain.resize(half.size() - 2);
        half = half.substr(half.size() - 2);
    } else {
        half.clear();
    }
    auto time = read_clock(rest);
    if (!time) return std::nullopt;
    if (!half.empty() && (time->hour < 1 || time->hour > 12)) return std::nullopt;
    if (half == "pm" && time->hour < 12) time->hour += 12;
    if (half == "am" && time->hour == 12) time->hour = 0;
    if (time->hour == 24 && time->minute == 0) time->hour = 0;
    if (time->hour < 0 || time->hour > 23 || time->minute < 0 || time->minute > 59) return std::nullopt;
    return fmt::format("{:02}:{:02}", time->hour, time->minute);
}

std::optional<std::string> read_duration(std::span<const Word> words) {
    std::string of_date;
    std::string of_day;
    while (!words.empty()) {
        const auto unit =
            std::ranges::find_if(words, [](const Word& word) { return find_unit(word.plain) != nullptr; });
        if (unit == words.end() || unit == words.begin()) return std::nullopt;
        const auto count_words = words.first(static_cast<std::size_t>(unit - words.begin()));
        const auto& first = count_words.front().plain;
        const bool one = count_words.size() == 1 && (first == "a" || first == "an");
        const auto count = one ? std::optional<std::int64_t>(1) : number_of(count_words);
        if (!count || *count < 0) return std::nullopt;
        const auto* found = find_unit(unit->plain);
        (found->of_day ? of_day : of_date) += std::to_string(*count) + found->letter;
        words = words.subspan(count_words.size() + 1);
        if (words.size() > 1 && words.front().plain == "and") words = words.subspan(1);
    }
    if (of_date.empty() && of_day.empty()) return std::nullopt;
    return "P" + of_date + (of_day.empty() ? "" : "T" + of_day);
}

}  // namespace symbolon::voice
