#include "voice/models/built_in_types.hpp"
#include "voice/models/spoken_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace symbolon::voice {

namespace chrono = std::chrono;

namespace {

std::optional<int> value_of(std::span<const NamedNumber> table, std::string_view text) {
    const auto found = std::ranges::find(table, text, &NamedNumber::text);
    return found != table.end() ? std::optional(found->value) : std::nullopt;
}

bool is_among(std::span<const std::string_view> list, std::string_view text) {
    return std::ranges::find(list, text) != list.end();
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

std::string period_text(Period period, chrono::sys_days today, int step) {
    switch (period) {
        case Period::week:
            return week_text(today + chrono::weeks(step));
        case Period::weekend:
            return week_text(today + chrono::weeks(step)) + "-WE";
        case Period::month:
            return month_text(first_of_month(today, step));
        case Period::year:
            return fmt::format("{:04}", static_cast<int>(chrono::year_month_day(today).year()) + step);
    }
    return {};
}

/// What a step is about: "week" of "next week", "semana" of "semana que viene"; "" when the step is not in the text.
std::string_view without_step(std::string_view text, std::string_view step) {
    const auto size = step.size();
    if (text.size() <= size + 1) return {};
    if (text.starts_with(step) && text[size] == ' ') return text.substr(size + 1);
    const auto at = text.size() - size;
    return text.ends_with(step) && text[at - 1] == ' ' ? text.substr(0, at - 1) : std::string_view{};
}

/// "this week", "next month", "last friday".
std::optional<std::string> read_relative(std::string_view text, chrono::sys_days today, const Language& language) {
    const auto monday = today - (chrono::weekday(today) - chrono::Monday);
    for (const auto& step : language.steps) {
        const auto what = without_step(text, step.text);
        if (what.empty()) continue;
        const auto period = std::ranges::find(language.periods, what, &NamedPeriod::text);
        if (period != language.periods.end()) return period_text(period->period, today, step.value);
        if (const auto weekday = value_of(language.weekdays, what)) {
            const chrono::weekday day(static_cast<unsigned>(*weekday));
            return day_text(monday + (day - chrono::Monday) + chrono::weeks(step.value));
        }
    }
    return std::nullopt;
}

std::optional<std::string> read_word_of_date(std::string_view text, chrono::sys_days today, const Language& language) {
    if (is_among(language.now, text)) return "PRESENT_REF";
    if (const auto day = value_of(language.days, text)) return day_text(today + chrono::days(*day));
    if (const auto weekday = value_of(language.weekdays, text)) {  // the next one, and today when it is that day
        return day_text(today + (chrono::weekday(static_cast<unsigned>(*weekday)) - chrono::weekday(today)));
    }
    if (const auto month = value_of(language.months, text)) {
        const chrono::year_month_day date(today);
        const bool is_over = static_cast<int>(static_cast<unsigned>(date.month())) > *month;
        return fmt::format("{:04}-{:02}", static_cast<int>(date.year()) + (is_over ? 1 : 0), *month);
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

std::optional<unsigned> day_of(std::span<const Word> words, const Language& language) {
    auto day = ordinal_of(words, language);
    if (!day) day = number_of(words, language);
    if (!day || *day < 1 || *day > 31) return std::nullopt;
    return static_cast<unsigned>(*day);
}

/// "november 30", "november thirtieth 2027", "30 november"; fillers are gone.
std::optional<std::string> read_day_of_month(std::span<const Word> words, chrono::sys_days today,
                                             const Language& language) {
    const auto is_month = [&](const Word& word) { return value_of(language.months, word.plain).has_value(); };
    const auto at = std::ranges::find_if(words, is_month);
    if (at == words.end()) return std::nullopt;
    const auto month = static_cast<unsigned>(*value_of(language.months, at->plain));
    const chrono::year_month_day now(today);
    std::optional<chrono::year> year;
    if (words.back().plain.size() == 4 && at + 1 != words.end()) {
        const auto said = number_of(words.last(1), language);
        if (said && *said >= 1000) year = chrono::year(static_cast<int>(*said));
    }
    const std::span<const Word> before(words.begin(), at);
    const std::span<const Word> after(at + 1, words.end() - (year ? 1 : 0));
    if (before.empty() == after.empty()) return std::nullopt;
    const auto day = day_of(before.empty() ? after : before, language);
    if (!day) return std::nullopt;
    chrono::year_month_day date(year.value_or(now.year()), chrono::month(month), chrono::day(*day));
    if (!year && date.ok() && chrono::sys_days(date) < today) date += chrono::years(1);
    return date.ok() ? std::optional(day_text(date)) : std::nullopt;
}

}  // namespace

std::optional<std::string> read_date(std::span<const Word> words, const Language& language, Instant now) {
    const auto today = chrono::floor<chrono::days>(now);
    if (auto date = read_iso_date(join_plain(words))) return date;
    std::vector<Word> rest(words.begin(), words.end());
    std::erase_if(rest, [&](const Word& word) { return is_among(language.date_fillers, word.plain); });
    const auto text = join_plain(rest);
    if (auto date = read_word_of_date(text, today, language)) return date;
    if (auto date = read_relative(text, today, language)) return date;
    return read_day_of_month(rest, today, language);
}

}  // namespace symbolon::voice
