#include "voice/models/built_in_types.hpp"
#include "voice/models/spoken_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace symbolon::voice {

namespace chrono = std::chrono;

namespace {

constexpr std::array<std::string_view, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};

template <std::size_t n>
std::optional<unsigned> position(const std::array<std::string_view, n>& table, std::string_view word) {
    const auto found = std::ranges::find(table, word);
    if (found == table.end()) return std::nullopt;
    return static_cast<unsigned>(found - table.begin());
}

std::string day_text(chrono::sys_days day) {
    const chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

/// The ISO week: it belongs to the year of its Thursday.
std::string week_text(chrono::sys_days day) {
    const auto thursday = day - (chrono::weekday(day) - chrono::Monday) + chrono::days(3);
    const auto year = chrono::year_month_day(thursday).year();
    const auto first = chrono::sys_days(year / chrono::January / 1);
    return fmt::format("{:04}-W{:02}", static_cast<int>(year), (thursday - first).count() / 7 + 1);
}

std::string month_text(chrono::sys_days day) {
    return day_text(day).substr(0, 7);
}

chrono::sys_days first_of_month(chrono::sys_days day, int later) {
    const chrono::year_month_day date(day);
    return chrono::sys_days((date.year() / date.month() + chrono::months(later)) / 1);
}

/// "this week", "next month", "last year".
std::optional<std::string> read_relative(std::string_view text, chrono::sys_days today) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto which = text.substr(0, space);
    const auto what = text.substr(space + 1);
    const int step = which == "this" ? 0 : which == "next" ? 1 : which == "last" ? -1 : 2;
    if (step == 2) return std::nullopt;
    if (what == "week") return week_text(today + chrono::weeks(step));
    if (what == "weekend") return week_text(today + chrono::weeks(step)) + "-WE";
    if (what == "month") return month_text(first_of_month(today, step));
    if (what == "year") return fmt::format("{:04}", static_cast<int>(chrono::year_month_day(today).year()) + step);
    const auto weekday = position(weekdays, what);
    if (!weekday) return std::nullopt;
    const auto monday = today - (chrono::weekday(today) - chrono::Monday);
    return day_text(monday + (chrono::weekday(*weekday) - chrono::Monday) + chrono::weeks(step));
}

std::optional<std::string> read_word_of_date(std::string_view text, chrono::sys_days today) {
    if (text == "now" || text == "right now") return "PRESENT_REF";
    if (text == "today") return day_text(today);
    if (text == "tomorrow") return day_text(today + chrono::days(1));
    if (text == "yesterday") return day_text(today - chrono::days(1));
    if (text == "the day after tomorrow") return day_text(today + chrono::days(2));
    if (const auto weekday = position(weekdays, text)) {  // the next one, and today when it is that day
        return day_text(today + (chrono::weekday(*weekday) - chrono::weekday(today)));
    }
    if (const auto month = position(months, text)) {
        const chrono::year_month_day date(today);
        const auto year = date.year() + chrono::years(static_cast<unsigned>(date.month()) > *month + 1 ? 1 : 0);
        return fmt::format("{:04}-{:02}", static_cast<int>(year), *month + 1);
    }
    return std::nullopt;
}

std::optional<std::string> read_iso_date(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length, auto& out) {
        const auto* begin = text.data() + at;
        const auto [end, problem] = std::from_chars(begin, begin + length, out);
        return problem == std::errc{} && end == begin + length;
    };
    if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
    const chrono::year_month_day date{chrono::year(year), chrono::month(month), chrono::day(day)};
    return date.ok() ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<unsigned> day_of(std::span<const Word> words) {
    auto day = ordinal_of(words);
    if (!day) day = number_of(words);
    if (!day || *day < 1 || *day > 31) return std::nullopt;
    return static_cast<unsigned>(*day);
}

/// "november 30", "november thirtieth 2027", "30 november", "the 30th of november".
std::optional<std::string> read_day_of_month(std::span<const Word> words, chrono::sys_days today) {
    std::vector<Word> rest(words.begin(), words.end());
    std::erase_if(rest,
                  [](const Word& word) { return word.plain == "the" || word.plain == "of" || word.plain == "on"; });
    const auto is_month = [](const Word& word) { return position(months, word.plain).has_value(); };
    const auto at = std::ranges::find_if(rest, is_month);
    if (at == rest.end()) return std::nullopt;
    const auto month = *position(months, at->plain) + 1;
    const chrono::year_month_day now(today);
    std::optional<chrono::year> year;
    if (rest.back().plain.size() == 4 && at + 1 != rest.end()) {
        const std::span<const Word> last(&rest.back(), 1);
        if (const auto said = number_of(last); said && *said >= 1000) year = chrono::year(static_cast<int>(*said));
    }
    const std::span<const Word> before(rest.begin(), at);
    const std::span<const Word> after(at + 1, rest.end() - (year ? 1 : 0));
    if (before.empty() == after.empty()) return std::nullopt;
    const auto day = day_of(before.empty() ? after : before);
    if (!day) return std::nullopt;
    chrono::year_month_day date(year.value_or(now.year()), chrono::month(month), chrono::day(*day));
    if (!year && date.ok() && chrono::sys_days(date) < today) date += chrono::years(1);
    return date.ok() ? std::optional(day_text(date)) : std::nullopt;
}

}  // namespace

std::optional<std::string> read_date(std::span<const Word> words, Instant now) {
    const auto today = chrono::floor<chrono::days>(now);
    const auto text = join_plain(words);
    if (auto date = read_iso_date(text)) return date;
    if (auto date = read_word_of_date(text, today)) return date;
    if (auto date = read_relative(text, today)) return date;
    return read_day_of_month(words, today);
}

}  // namespace symbolon::voice
