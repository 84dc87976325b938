#include "voice/models/built_in_types.hpp"

#include "model_fixture.hpp"

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

std::string value_of(std::string_view type, std::string_view said) {
    return read_built_in(type, split_words(said), english, test::wednesday).value_or("-");
}

TEST(SpokenNumbers, are_read_in_digits_and_words) {
    const auto number = [](std::string_view said) { return value_of("AMAZON.NUMBER", said); };
    EXPECT_EQ(number("7"), "7");
    EXPECT_EQ(number("1,250"), "1250");
    EXPECT_EQ(number("zero"), "0");
    EXPECT_EQ(number("twenty-one"), "21");
    EXPECT_EQ(number("one hundred and five"), "105");
    EXPECT_EQ(number("fifteen hundred"), "1500");
    EXPECT_EQ(number("two million three hundred thousand and four"), "2300004");
    EXPECT_EQ(number("a thousand"), "1000");
    EXPECT_EQ(number("3 million"), "3000000");
    EXPECT_EQ(number("minus four"), "-4");
}

TEST(SpokenNumbers, what_is_no_number_is_none) {
    for (const auto* said : {"", "pizza", "one two", "twenty twelve", "and five", "five and", "hundred",
                             "thousand million", "9999999999999", "7th"}) {
        EXPECT_EQ(value_of("AMAZON.NUMBER", said), "-") << said;
    }
}

TEST(SpokenNumbers, four_digits_come_together_or_in_pairs) {
    const auto digits = [](std::string_view said) { return value_of("AMAZON.FOUR_DIGIT_NUMBER", said); };
    EXPECT_EQ(digits("0412"), "0412");
    EXPECT_EQ(digits("one two three four"), "1234");
    EXPECT_EQ(digits("nineteen eighty four"), "1984");
    EXPECT_EQ(digits("six thousand"), "6000");
    EXPECT_EQ(digits("one two three"), "-");
}

TEST(SpokenNumbers, ordinals_and_phone_numbers) {
    EXPECT_EQ(value_of("AMAZON.Ordinal", "third"), "3");
    EXPECT_EQ(value_of("AMAZON.Ordinal", "twenty first"), "21");
    EXPECT_EQ(value_of("AMAZON.Ordinal", "22nd"), "22");
    EXPECT_EQ(value_of("AMAZON.Ordinal", "three"), "-");
    EXPECT_EQ(value_of("AMAZON.PhoneNumber", "four one five 555 oh one two three"), "4155550123");
    EXPECT_EQ(value_of("AMAZON.PhoneNumber", "+14155550123"), "+14155550123");
    EXPECT_EQ(value_of("AMAZON.PhoneNumber", "call me"), "-");
}

TEST(SpokenDates, are_counted_from_today) {
    const auto date = [](std::string_view said) { return value_of("AMAZON.DATE", said); };
    EXPECT_EQ(date("today"), "2026-11-25");
    EXPECT_EQ(date("tomorrow"), "2026-11-26");
    EXPECT_EQ(date("yesterday"), "2026-11-24");
    EXPECT_EQ(date("wednesday"), "2026-11-25");
    EXPECT_EQ(date("monday"), "2026-11-30");
    EXPECT_EQ(date("next friday"), "2026-12-04");
    EXPECT_EQ(date("this week"), "2026-W48");
    EXPECT_EQ(date("next weekend"), "2026-W49-WE");
    EXPECT_EQ(date("next month"), "2026-12");
    EXPECT_EQ(date("last year"), "2025");
    EXPECT_EQ(date("now"), "PRESENT_REF");
    EXPECT_EQ(date("december"), "2026-12");
    EXPECT_EQ(date("march"), "2027-03");
}

TEST(SpokenDates, days_of_a_month_are_the_next_such_day) {
    const auto date = [](std::string_view said) { return value_of("AMAZON.DATE", said); };
    EXPECT_EQ(date("2026-11-30"), "2026-11-30");
    EXPECT_EQ(date("november thirtieth"), "2026-11-30");
    EXPECT_EQ(date("the 3rd of november"), "2027-11-03");
    EXPECT_EQ(date("3 november 2028"), "2028-11-03");
    EXPECT_EQ(date("february 30"), "-");
    EXPECT_EQ(date("2026-13-01"), "-");
    EXPECT_EQ(date("2026-02-29"), "-");
}

TEST(SpokenTimes, are_read_by_the_clock_and_by_the_part_of_the_day) {
    const auto time = [](std::string_view said) { return value_of("AMAZON.TIME", said); };
    EXPECT_EQ(time("7:30"), "07:30");
    EXPECT_EQ(time("seven thirty pm"), "19:30");
    EXPECT_EQ(time("7 a.m."), "07:00");
    EXPECT_EQ(time("7pm"), "19:00");
    EXPECT_EQ(time("quarter to one pm"), "12:45");
    EXPECT_EQ(time("quarter to one am"), "00:45");
    EXPECT_EQ(time("half past six"), "06:30");
    EXPECT_EQ(time("quarter to one"), "00:45");
    EXPECT_EQ(time("twelve am"), "00:00");
    EXPECT_EQ(time("noon"), "12:00");
    EXPECT_EQ(time("evening"), "EV");
    EXPECT_EQ(time("now"), "10:30");
    for (const auto* said : {"25:00", "7:3", "13 pm", "seven ninety", "soon"}) EXPECT_EQ(time(said), "-") << said;
}

TEST(SpokenDurations, are_iso_8601) {
    const auto duration = [](std::string_view said) { return value_of("AMAZON.DURATION", said); };
    EXPECT_EQ(duration("ten minutes"), "PT10M");
    EXPECT_EQ(duration("an hour"), "PT1H");
    EXPECT_EQ(duration("two hours and 30 minutes"), "PT2H30M");
    EXPECT_EQ(duration("three days"), "P3D");
    EXPECT_EQ(duration("1 month"), "P1M");
    EXPECT_EQ(duration("minutes"), "-");
    EXPECT_EQ(duration("ten"), "-");
}

}  // namespace
}  // namespace symbolon::voice
