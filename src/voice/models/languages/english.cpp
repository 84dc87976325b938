#include "voice/models/language.hpp"

namespace symbolon::voice {

namespace {

using enum NumberPart::Role;

constexpr NumberPart numbers[]{{"zero", 0, small},
                               {"one", 1, small},
                               {"two", 2, small},
                               {"three", 3, small},
                               {"four", 4, small},
                               {"five", 5, small},
                               {"six", 6, small},
                               {"seven", 7, small},
                               {"eight", 8, small},
                               {"nine", 9, small},
                               {"ten", 10, small},
                               {"eleven", 11, small},
                               {"twelve", 12, small},
                               {"thirteen", 13, small},
                               {"fourteen", 14, small},
                               {"fifteen", 15, small},
                               {"sixteen", 16, small},
                               {"seventeen", 17, small},
                               {"eighteen", 18, small},
                               {"nineteen", 19, small},
                               {"twenty", 20, ten},
                               {"thirty", 30, ten},
                               {"forty", 40, ten},
                               {"fifty", 50, ten},
                               {"sixty", 60, ten},
                               {"seventy", 70, ten},
                               {"eighty", 80, ten},
                               {"ninety", 90, ten},
                               {"hundred", 100, hundred},
                               {"thousand", 1'000, scale},
                               {"million", 1'000'000, scale},
                               {"billion", 1'000'000'000, scale},
                               {"and", 0, link},
                               {"a", 1, article}};
constexpr NamedNumber ordinals[]{{"zeroth", 0},     {"first", 1},       {"second", 2},     {"third", 3},
                                 {"fifth", 5},      {"eighth", 8},      {"ninth", 9},      {"twelfth", 12},
                                 {"twentieth", 20}, {"thirtieth", 30},  {"fortieth", 40},  {"fiftieth", 50},
                                 {"sixtieth", 60},  {"seventieth", 70}, {"eightieth", 80}, {"ninetieth", 90}};
constexpr std::string_view ordinal_endings[]{"th", "st", "nd", "rd"};
constexpr NamedNumber spoken_digits[]{{"oh", 0}, {"o", 0}};

constexpr NamedNumber weekdays[]{{"sunday", 0},   {"monday", 1}, {"tuesday", 2}, {"wednesday", 3},
                                 {"thursday", 4}, {"friday", 5}, {"saturday", 6}};
constexpr NamedNumber months[]{{"january", 1},   {"february", 2}, {"march", 3},     {"april", 4},
                               {"may", 5},       {"june", 6},     {"july", 7},      {"august", 8},
                               {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12}};
constexpr NamedNumber days[]{
    {"today", 0}, {"tomorrow", 1}, {"yesterday", -1}, {"day after tomorrow", 2}, {"day before yesterday", -2}};
constexpr std::string_view now[]{"now", "right now"};
constexpr NamedNumber steps[]{{"this", 0}, {"next", 1}, {"last", -1}};
constexpr NamedPeriod periods[]{
    {"week", Period::week}, {"weekend", Period::weekend}, {"month", Period::month}, {"year", Period::year}};
constexpr std::string_view date_fillers[]{"the", "of", "on"};

constexpr NamedTime times_of_day[]{{"noon", "12:00"},        {"midday", "12:00"},    {"midnight", "00:00"},
                                   {"morning", "MO"},        {"this morning", "MO"}, {"afternoon", "AF"},
                                   {"this afternoon", "AF"}, {"evening", "EV"},      {"this evening", "EV"},
                                   {"tonight", "NI"},        {"night", "NI"}};
constexpr ClockPattern clock_patterns[]{{"{h} oclock"},           {"half past {h}", 30},
                                        {"quarter past {h}", 15}, {"a quarter past {h}", 15},
                                        {"quarter to {h}", -15},  {"a quarter to {h}", -15}};
constexpr NamedNumber halves_of_day[]{
    {"am", 0}, {"in the morning", 0}, {"pm", 12}, {"in the afternoon", 12}, {"in the evening", 12}, {"at night", 12}};
constexpr std::string_view time_fillers[]{"at"};

constexpr DurationUnit units[]{
    {"second", 'S', true}, {"seconds", 'S', true}, {"minute", 'M', true}, {"minutes", 'M', true}, {"hour", 'H', true},
    {"hours", 'H', true},  {"day", 'D', false},    {"days", 'D', false},  {"week", 'W', false},   {"weeks", 'W', false},
    {"month", 'M', false}, {"months", 'M', false}, {"year", 'Y', false},  {"years", 'Y', false}};
constexpr std::string_view one[]{"a", "an"};

}  // namespace

const Language english{
    .code = "en",
    .open = "open",
    .thousands_mark = ',',
    .units_first = false,
    .bare_hundred = false,
    .numbers = numbers,
    .minus = "minus",
    .ordinals = ordinals,
    .ordinal_endings = ordinal_endings,
    .cardinal_endings = {},
    .spoken_digits = spoken_digits,
    .weekdays = weekdays,
    .months = months,
    .days = days,
    .now = now,
    .steps = steps,
    .periods = periods,
    .date_fillers = date_fillers,
    .clock_marks = ":",
    .times_of_day = times_of_day,
    .clock = clock_patterns,
    .halves_of_day = halves_of_day,
    .time_fillers = time_fillers,
    .units = units,
    .one = one,
    .conjunction = "and",
};

}  // namespace symbolon::voice
