#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace symbolon::voice {

/// A piece of a number's name, a word or a part of one: "zwei", "hundert", "und". Texts of this file are as
/// split_words() makes them: lower case, without apostrophes, hyphens as spaces.
struct NumberPart {
    enum class Role {
        small,     ///< 0 to 19
        ten,       ///< 20, 30, … 90
        hundred,   ///< 100, or a hundred times what was said before
        hundreds,  ///< 200, 300, … in one word
        scale,     ///< 1000, 1000000, …
        link,      ///< "and"
        article,   ///< "a" hundred
    };
    std::string_view text;
    std::int64_t value = 0;
    Role role = Role::small;
    std::int64_t room = 10;  ///< of a ten: what may be added is less
};

struct NamedNumber {
    std::string_view text;
    int value;
};

struct NamedTime {
    std::string_view text;
    std::string_view value;  ///< as AMAZON.TIME has it
};

/// A way to say a time of day: words, {h} and {m}. `minutes` are added: "half past {h}" 30, "halb {h}" -30.
struct ClockPattern {
    std::string_view pattern;
    int minutes = 0;
};

enum class Period { week, weekend, month, year };
struct NamedPeriod {
    std::string_view text;
    Period period;
};

/// A unit of durations, under every form that it has.
struct DurationUnit {
    std::string_view text;
    char letter;  ///< of ISO 8601
    bool of_day;  ///< stands behind the T
};

/// How numbers, dates and times are said in a language.
struct Language {
    std::string_view code;  ///< "de"
    std::string_view open;  ///< how a skill is opened: "open" pizza house
    char thousands_mark;    ///< within digits: "1,000"
    bool units_first;       ///< "einundzwanzig"
    bool bare_hundred;      ///< "cent", "mille": no "one" before them
    std::span<const NumberPart> numbers;
    std::string_view minus;
    std::span<const NamedNumber> ordinals;               ///< those that do not follow from the cardinal
    std::span<const std::string_view> ordinal_endings;   ///< behind a cardinal or digits
    std::span<const std::string_view> cardinal_endings;  ///< what a cardinal loses before such an ending
    std::span<const NamedNumber> spoken_digits;          ///< only where digits are said one by one: "oh"

    std::span<const NamedNumber> weekdays;  ///< 0: Sunday
    std::span<const NamedNumber> months;    ///< 1 to 12
    std::span<const NamedNumber> days;      ///< "tomorrow": 1
    std::span<const std::string_view> now;
    std::span<const NamedNumber> steps;  ///< "next": 1; before or behind what it is about
    std::span<const NamedPeriod> periods;
    std::span<const std::string_view> date_fillers;  ///< words that say nothing: "the", "of"

    std::string_view clock_marks;  ///< between digits: "7:30", "7h30"
    std::span<const NamedTime> times_of_day;
    std::span<const ClockPattern> clock;
    std::span<const NamedNumber> halves_of_day;  ///< "pm": 12, "am": 0
    std::span<const std::string_view> time_fillers;

    std::span<const DurationUnit> units;
    std::span<const std::string_view> one;  ///< "an" hour
    std::string_view conjunction;           ///< between the parts of a duration
};

/// The language of a locale ("de-AT"); English for those that the assistant does not speak.
const Language& language_of(std::string_view locale);

extern const Language english, german, french, spanish, italian, portuguese;

}  // namespace symbolon::voice
