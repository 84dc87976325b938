#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon {
namespace {

std::optional<char32_t> first_of(std::string_view text) {
    return take_character(text);
}

TEST(Utf8, takes_characters_of_every_length_at_their_limits) {
    EXPECT_EQ(first_of(std::string_view("\0", 1)), U'\0');
    EXPECT_EQ(first_of("\x7F"), char32_t{0x7F});
    EXPECT_EQ(first_of("\xC2\x80"), char32_t{0x80});
    EXPECT_EQ(first_of("\xDF\xBF"), char32_t{0x7FF});
    EXPECT_EQ(first_of("\xE0\xA0\x80"), char32_t{0x800});
    EXPECT_EQ(first_of("\xEF\xBF\xBF"), char32_t{0xFFFF});
    EXPECT_EQ(first_of("\xF0\x90\x80\x80"), char32_t{0x10000});
    EXPECT_EQ(first_of("\xF4\x8F\xBF\xBF"), char32_t{0x10FFFF});
}

TEST(Utf8, refuses_overlong_forms_surrogates_and_what_lies_beyond) {
    for (const char* text : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
                             "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\x80", "\xBF"}) {
        EXPECT_FALSE(first_of(text)) << testing::PrintToString(text);
    }
}

TEST(Utf8, refuses_a_cut_character_and_leaves_the_text_as_it_was) {
    for (const char* text : {"\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3(", "\xE2(\xAC"}) {
        std::string_view rest = text;
        EXPECT_FALSE(take_character(rest));
        EXPECT_EQ(rest, text);
    }
}

TEST(Utf8, tells_how_much_ascii_stands_before_the_first_other_byte) {
    for (std::size_t before = 0; before < 20; ++before) {
        const std::string ascii(before, 'a');
        EXPECT_EQ(ascii_run(ascii), before);
        EXPECT_EQ(ascii_run(ascii + "\x80 and eleven more"), before);
    }
}

TEST(Utf8, replaces_only_what_is_broken) {
    EXPECT_EQ(replace_invalid_utf8("a\xFF\xC3\xA9\xC3"), "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD");
    EXPECT_EQ(replace_invalid_utf8(""), "");
}

}  // namespace
}  // namespace symbolon
