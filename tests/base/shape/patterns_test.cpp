#include "base/shape/patterns.hpp"

#include "base/cpu_time.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon {
namespace {

struct Case {
    const Pattern* pattern;
    std::vector<std::string> accepted;
    std::vector<std::string> refused;
};

// U+00A0 no-break space, U+200B zero width space, U+2028 line separator, U+E000 private use, U+FF11 fullwidth one.
const std::string nbsp = "\xC2\xA0", zero_width = "\xE2\x80\x8B", line_separator = "\xE2\x80\xA8",
                  private_use = "\xEE\x80\x80", fullwidth_one = "\xEF\xBC\x91", e_acute = "\xC3\xA9",
                  combining = "e\xCC\x81", emoji = "\xF0\x9F\x98\x80";

const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {&pattern::any, {"", "\n", "\xFF"}, {}},
        {&pattern::word, {"aZ09_"}, {"", "a b", "a-b", e_acute, "a\n"}},
        {&pattern::word_or_plus, {"1example23456789", "a+b"}, {"", "a-b", "a b", fullwidth_one}},
        {&pattern::name, {"My Pool+=,.@-1", "a\tb"}, {"", "a/b", "a:b", e_acute, "a" + nbsp}},
        {&pattern::pool_id,
         {"us-east-1_Abc123", "a_b", "_x_1", "-_A"},
         {"", "_", "a_", "_a", "us-east-1_a-b", "abc", "a_b\n"}},
        {&pattern::device_key, {"us-east-1_0a-f9"}, {"us-east-1_G", "us-east-1_", "_0a"}},
        {&pattern::event_id, {"a-b+c"}, {"", "a b"}},
        {&pattern::without_space, {"p\xC3\xA4ss!", "a" + nbsp}, {"", " ", "a b", "a\n", "\xFF", "\vx"}},
        {&pattern::graphic,
         {"+14155550100", "a@b", e_acute, combining, emoji, fullwidth_one, "\xE2\x82\xAC"},
         {"", "a b", "a\t", nbsp, zero_width, line_separator, private_use, std::string("a\0", 2), "\x7F", "\xC0\x80"}},
        {&pattern::graphic_or_blank, {"a b\t\r\n"}, {"", "a\v", "a" + nbsp}},
        {&pattern::subject, {"Your code", "a\v\f"}, {"", zero_width, "a" + nbsp}},
        {&pattern::provider_name, {"a b" + nbsp + line_separator}, {"", "a\t", zero_width}},
        {&pattern::message, {"", "Hi {username}\n{####}"}, {zero_width, std::string(1, '\0')}},
        {&pattern::message_with_code, {"{####}", "Code:\n{####}!"}, {"", "{###}", "# # # #", "{####}" + zero_width}},
        {&pattern::message_with_link,
         {"{##Verify##}", "a {##here##} b", "{####}", "{##a##}b##}"},
         {"", "{##}", "##}{##", "{##here}", "{## ##" + zero_width + "}"}},
        {&pattern::line_with_code,
         {"{####}", "code {####}."},
         {"", "{####", "{####}\n", "\r{####}", line_separator + "{####}"}},
        {&pattern::email_address, {"a@b", "a@@b", "@@@", e_acute + "@x"}, {"", "a", "@b", "a@", "a b@c", "@@"}},
        {&pattern::domain,
         {"a", "testaccountlinking", "a-1", std::string(63, 'x')},
         {"", "-a", "a-", "A", "a.b", "a_b", std::string(64, 'x')}},
        {&pattern::scope, {"openid", "https://api/read", "!~[]"}, {"", "a b", "a\"", "a\\", "a\x7F", e_acute}},
        {&pattern::scope_name, {"read.all"}, {"", "a/b", "a b"}},
        {&pattern::secret_hash, {"Ab+/9="}, {"", "a-b", "a b"}},
        {&pattern::token, {"eyJ.a-_b=.c"}, {"", "a+b", "a/b", "a b"}},
        {&pattern::digits, {"0123456789"}, {"", "1a", fullwidth_one, "-1"}},
        {&pattern::letters_and_digits, {"aZ9"}, {"", "a_b", "a-"}},
        {&pattern::configuration_set, {"a-B_9"}, {"", "a b", "a."}},
        {&pattern::hex, {"0aF"}, {"", "g", "0x1"}},
        {&pattern::arn,
         {"arn:aws:lambda:us-east-1:123456789012:function:name", "arn:aws:iam::123456789012:role/service-role/x",
          "arn:aws:acm:us-east-1:1:certificate/a-b", "arn:a:b::1:c:d:e"},
         {"", "arn:aws:iam:::role/x", "arn:aws:s3:::bucket", "ARN:aws:iam::1:role",
          "arn:aws:iam::1:", "arn:a:b::1:c:d:e:f", "arn:a:b::1:c:", "arn:a:b c::1:d", "arn:aws:iam::12a:role"}},
    };
    return all;
}

TEST(Pattern, accepts_and_refuses_whole_texts) {
    for (const Case& c : cases()) {
        for (const std::string& text : c.accepted)
            EXPECT_TRUE(c.pattern->matches(text)) << c.pattern->text << "  " << text;
        for (const std::string& text : c.refused)
            EXPECT_FALSE(c.pattern->matches(text)) << c.pattern->text << "  " << text;
    }
}

/// A backtracking engine needs minutes for some of these.
TEST(Pattern, decides_large_hostile_texts_in_linear_time) {
    const std::size_t size = 1'000'000;
    std::string marks;
    while (marks.size() < size) marks += "{##";
    const std::vector<std::string> hostile{
        std::string(size, 'a'), std::string(size, '@'),   std::string(size, '_'), std::string(size, ' '), marks,
        std::string(size, ':'), std::string(size, '\xF0')};
    const auto time = least_cpu_time(1, [&] {
        for (const Case& c : cases()) {
            for (const std::string& text : hostile) static_cast<void>(c.pattern->matches(text));
        }
    });
    EXPECT_LT(time, std::chrono::seconds(30));
}

TEST(Graphic, follows_the_general_categories_at_their_borders) {
    for (const char32_t c :
         {U'!', U'~', char32_t{0xA1}, char32_t{0x2010}, char32_t{0x1F600}, char32_t{0x4E00}, char32_t{0xE0100}}) {
        EXPECT_TRUE(is_graphic(c)) << std::hex << static_cast<unsigned>(c);
    }
    for (const char32_t c :
         {U' ', char32_t{0x7F}, char32_t{0xA0}, char32_t{0xAD}, char32_t{0x200B}, char32_t{0x202E}, char32_t{0xD800},
          char32_t{0xE000}, char32_t{0xFEFF}, char32_t{0x10FFFF}, char32_t{0x0378}}) {
        EXPECT_FALSE(is_graphic(c)) << std::hex << static_cast<unsigned>(c);
    }
}

}  // namespace
}  // namespace symbolon
