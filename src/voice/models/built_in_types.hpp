#pragma once

#include "base/clock.hpp"
#include "voice/models/language.hpp"
#include "voice/models/words.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace symbolon::voice {

/// What the platform makes of spoken numbers, dates and times. Each takes all the words or none: nothing when they are
/// no value of the type. The examples are English; models/languages has the words of each language.

/// AMAZON.NUMBER: "twenty one" → "21"; up to 999,999,999,999.
std::optional<std::string> read_number(std::span<const Word> words, const Language& language);
/// AMAZON.FOUR_DIGIT_NUMBER: "nineteen eighty four", "one two three four" → four digits.
std::optional<std::string> read_four_digits(std::span<const Word> words, const Language& language);
/// AMAZON.Ordinal: "third", "3rd" → "3".
std::optional<std::string> read_ordinal(std::span<const Word> words, const Language& language);
/// AMAZON.PhoneNumber: digits, spoken one by one or typed.
std::optional<std::string> read_phone_number(std::span<const Word> words, const Language& language);
/// AMAZON.DATE: a day "2026-11-30", a week "2026-W49", a weekend "2026-W49-WE", a month, a year, "PRESENT_REF".
std::optional<std::string> read_date(std::span<const Word> words, const Language& language, Instant now);
/// AMAZON.TIME: "18:30", or "MO", "AF", "EV", "NI" for a part of the day. "now" is the UTC time of day.
std::optional<std::string> read_time(std::span<const Word> words, const Language& language, Instant now);
/// AMAZON.DURATION: ISO 8601, "PT1H30M".
std::optional<std::string> read_duration(std::span<const Word> words, const Language& language);

/// How a slot type of the platform takes what was said.
enum class BuiltInKind {
    parsed,  ///< by one of the readers above: other words do not fit
    phrase,  ///< AMAZON.SearchQuery: any words
    list,    ///< a list of the platform's that the assistant does not have (cities, names …): any words, as they are
};
BuiltInKind kind_of(std::string_view type);

/// The value of a parsed type; nothing when the words are none.
std::optional<std::string> read_built_in(std::string_view type, std::span<const Word> words, const Language& language,
                                         Instant now);

}  // namespace symbolon::voice
