#include "directory/identifiers.hpp"

#include "crypto/random.hpp"
#include "directory/unicode.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>

namespace symbolon::directory {
namespace {

// Attack row 32: one form for everything that a phone number is looked up, compared and counted by.
TEST(PhoneNumber, has_one_form_whatever_separates_its_digits) {
    for (const char* text : {"+14155550123", "+1 (415) 555-0123", "+1.415.555.0123", "+1/415/555/0123",
                             "\u00a0+1\u00a0415\u2011555\u20130123 ",
                             "\uff0b\uff11\uff14\uff11\uff15\uff15\uff15\uff15"
                             "\uff10\uff11\uff12\uff13",
                             "+\u0661\u0664\u0661\u0665\u0665\u0665\u0665\u0660\u0661\u0662"
                             "\u0663"})
        EXPECT_EQ(parse_phone_number(text), "+14155550123") << text;
}

TEST(PhoneNumber, loses_characters_that_are_not_seen) {
    for (const char* text :
         {"+1415\u200b5550123", "\ufeff+14155550123", "+14155550123\u202c", "\u200e+14155\u2060550123"})
        EXPECT_EQ(canonical_phone_number(text), "+14155550123") << text;
}

TEST(PhoneNumber, without_a_country_code_needs_a_region) {
    EXPECT_EQ(parse_phone_number("(415) 555-0123"), std::nullopt);
    EXPECT_EQ(parse_phone_number("(415) 555-0123", "US"), "+14155550123");
    EXPECT_EQ(parse_phone_number("030 901820", "DE"), "+4930901820");
    EXPECT_EQ(parse_phone_number("030 901820", "XX"), std::nullopt);
}

TEST(PhoneNumber, keeps_its_country_code_whatever_the_region) {
    EXPECT_EQ(parse_phone_number("+44 20 7946 0000", "US"), "+442079460000");
}

TEST(PhoneNumber, drops_a_national_prefix_after_the_country_code) {
    EXPECT_EQ(canonical_phone_number("+44 (0)20 7946 0000"), "+442079460000");
    EXPECT_EQ(canonical_phone_number("+442079460000"), "+442079460000");
}

TEST(PhoneNumber, is_refused_with_letters_extensions_controls_or_two_plus_signs) {
    for (const char* text :
         {"", "+", "+1-800-FLOWERS", "+14155550123;ext=5", "+14155550123 x5", "+14155550123\n", "+1415\r\n5550123",
          "++14155550123", "+1+4155550123", "tel:+14155550123", "*31#+14155550123",
          "+1415555\xff"
          "0123"}) {
        EXPECT_EQ(parse_phone_number(text), std::nullopt) << text;
        EXPECT_EQ(canonical_phone_number(text), std::nullopt) << text;
    }
    EXPECT_EQ(canonical_phone_number(std::string_view("+14155550123\0", 13)), std::nullopt);
}

TEST(PhoneNumber, that_the_library_does_not_know_is_taken_as_given) {
    EXPECT_EQ(parse_phone_number("+15555550100"), std::nullopt);
    EXPECT_EQ(canonical_phone_number("+1 555 555-0100"), "+15555550100");
    EXPECT_EQ(canonical_phone_number("+1234567890123456"), std::nullopt);
}

TEST(PhoneNumber, of_the_api_has_a_plus_and_2_to_15_digits) {
    EXPECT_TRUE(is_e164("+12"));
    EXPECT_TRUE(is_e164("+123456789012345"));
    for (const char* text : {"+1", "+1234567890123456", "14155550123", "+1 4155550123", "+1415555O123", "+"})
        EXPECT_FALSE(is_e164(text)) << text;
}

TEST(PhoneNumber, is_masked_but_for_its_last_four_digits) {
    EXPECT_EQ(mask_phone_number("+14155550123"), "+*******0123");
    EXPECT_EQ(mask_phone_number("+123"), "+****");
}

TEST(Email, has_a_domain_in_lower_case_and_keeps_its_local_part) {
    EXPECT_EQ(parse_email("Jane.Doe+x@Example.COM"), "Jane.Doe+x@example.com");
    EXPECT_EQ(parse_email("j@localhost"), "j@localhost");
}

// Attack row 43: nothing that would begin another header or name another recipient.
TEST(Email, is_refused_when_it_could_be_more_than_one_address) {
    for (const char* text : {"",
                             "@",
                             "a@",
                             "@b",
                             "a@@b",
                             "a@b@c",
                             "a b@c.d",
                             "a@b c",
                             " a@b.c",
                             "a@b.c ",
                             "a@b.c\r\nBcc: x",
                             "a\n@b.c",
                             "a,b@c.d",
                             "<a@b.c>",
                             "\"a\"@b.c",
                             "a@b.c;",
                             ".a@b.c",
                             "a.@b.c",
                             "a..b@c.d",
                             "a@.b",
                             "a@b.",
                             "a@b..c",
                             "a\u200b@b.c",
                             "a@b.c\u202e",
                             "a@b\xff.c"})
        EXPECT_EQ(parse_email(text), std::nullopt) << text;
    EXPECT_EQ(parse_email(std::string_view("a\0@b.c", 6)), std::nullopt);
}

TEST(Email, is_masked_but_for_the_first_characters) {
    EXPECT_EQ(mask_email("jane@example.com"), "j***@e***");
    EXPECT_EQ(mask_email("\u00e9mile@example.com"), "\u00e9***@e***");
}

TEST(Username, is_folded_where_the_pool_does_not_regard_case) {
    EXPECT_EQ(canonical_username("Alice", true), "Alice");
    EXPECT_EQ(canonical_username("Alice", false), "alice");
    EXPECT_EQ(canonical_username("\u00c9MILE \u0391\u03a3 \u0416", false), "\u00e9mile \u03b1\u03c3 \u0436");
    EXPECT_EQ(canonical_username("\u212aelvin", false), "kelvin");
}

TEST(Username, loses_what_is_not_seen_in_it_and_white_space_around_it) {
    EXPECT_EQ(canonical_username(" al\u200bice\ufeff\u00a0", true), "alice");
    EXPECT_EQ(canonical_username("\u00a0\u200b", true), "");
}

TEST(DomainName, is_in_lower_case_without_a_dot_at_its_end) {
    EXPECT_EQ(parse_domain("Auth.Example.COM."), "auth.example.com");
    EXPECT_EQ(parse_domain("testaccountlinking"), "testaccountlinking");
    for (const char* text : {"", ".", "a..b", "-a", "a-", "a_b", "a b", "a/b", "a:80", "\u00e4.de", "a.b..", "a\n"})
        EXPECT_EQ(parse_domain(text), std::nullopt) << text;
    EXPECT_EQ(parse_domain(std::string(64, 'a')), std::nullopt);
}

TEST(Countries, that_share_a_calling_code_have_one_main_country) {
    std::map<int, std::string> mains;
    std::set<int> codes;
    for (const auto& country : list_countries()) {
        codes.insert(country.calling_code);
        if (country.main) {
            EXPECT_TRUE(mains.emplace(country.calling_code, country.code).second) << country.code;
        }
    }
    EXPECT_EQ(mains.size(), codes.size());
    EXPECT_EQ(mains.at(1), "US");
    EXPECT_EQ(mains.at(44), "GB");
    EXPECT_EQ(mains.at(7), "RU");
}

TEST(Countries, have_examples_that_are_numbers_of_theirs) {
    int examples = 0;
    for (const auto& country : list_countries()) {
        if (country.example.empty()) continue;
        ++examples;
        const auto number = parse_phone_number(country.example, country.code);
        ASSERT_TRUE(number) << country.code << " " << country.example;
        EXPECT_TRUE(number->starts_with("+" + std::to_string(country.calling_code))) << country.code;
    }
    EXPECT_GT(examples, 200);
}

TEST(Countries, are_sorted_and_have_calling_codes) {
    const auto& countries = list_countries();
    ASSERT_GT(countries.size(), 200u);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < countries.size(); ++i) {
        EXPECT_TRUE(seen.insert(countries[i].code).second);
        EXPECT_GT(countries[i].calling_code, 0) << countries[i].code;
        if (i > 0) {
            EXPECT_LT(countries[i - 1].code, countries[i].code);
        }
    }
    EXPECT_TRUE(seen.contains("DE"));
}

/// Texts near what people type, and texts that nobody types.
std::string make_text(crypto::Random& random) {
    static const std::array<std::string_view, 40> parts{
        "+",      "1",      "4",      "0",      "44",     "49",     "39",     "415",    "555",        "0123",
        " ",      "-",      "(",      ")",      "@",      ".",      "a",      "Z",      "example",    ".com",
        "\u200b", "\u00a0", "\uff0b", "\uff11", "\u0661", "\u00c9", "\u0130", "\u1e9e", "\u03a3",     "\u03c2",
        "\ufeff", "\u00ad", "\u0301", "\xc3",   "\xa9",   "\xff",   "\n",     "\u2028", "\U000e0041", "ss"};
    std::string text;
    const Bytes picks = random.bytes(1 + random.bytes(1)[0] % 16);
    for (const std::uint8_t pick : picks) text += parts[pick % parts.size()];
    return text;
}

// Attack row 32: the canonical form of a canonical form is itself, so that no two steps see two identities.
TEST(Identifiers, are_canonical_after_one_pass) {
    crypto::SeededRandom random(32);
    for (int i = 0; i < 20000; ++i) {
        const std::string text = make_text(random);
        if (const auto number = canonical_phone_number(text)) {
            EXPECT_EQ(canonical_phone_number(*number), number) << text;
            EXPECT_TRUE(is_e164(*number)) << text;
        }
        if (const auto email = parse_email(text)) {
            EXPECT_EQ(parse_email(*email), email) << text;
        }
        if (const auto domain = parse_domain(text)) {
            EXPECT_EQ(parse_domain(*domain), domain) << text;
        }
        for (const bool case_sensitive : {false, true}) {
            const auto name = canonical_username(text, case_sensitive);
            EXPECT_EQ(canonical_username(name, case_sensitive), name) << text;
        }
    }
}

TEST(Identifiers, of_numbers_are_canonical_after_one_pass_in_every_country) {
    crypto::SeededRandom random(7);
    for (const Country& country : list_countries()) {
        for (int i = 0; i < 20; ++i) {
            const std::string text = "+" + std::to_string(country.calling_code) + random.digits(5 + std::size_t(i) % 7);
            const auto number = canonical_phone_number(text);
            if (number) {
                EXPECT_EQ(canonical_phone_number(*number), number) << text;
            }
        }
    }
}

}  // namespace
}  // namespace symbolon::directory
