#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace symbolon {
namespace {

Bytes bytes(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

TEST(Hex, round_trips_every_byte) {
    Bytes all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::uint8_t>(i));
    EXPECT_EQ(parse_hex(to_hex(all)), all);
    EXPECT_EQ(to_hex(Bytes{0x00, 0xAB, 0xFF}), "00abff");
    EXPECT_EQ(parse_hex("00ABff"), (Bytes{0x00, 0xAB, 0xFF}));
    EXPECT_EQ(parse_hex(""), Bytes{});
}

TEST(Hex, refuses_odd_length_and_foreign_characters) {
    for (const char* text : {"a", "abc", "0g", " 0", "0x", "0\xC3", "/0", ":0", "@0", "`0", "G0"}) {
        EXPECT_FALSE(parse_hex(text)) << text;
    }
}

/// RFC 4648 §10.
TEST(Base64, follows_the_test_vectors_of_the_rfc) {
    const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(to_base64(bytes_of(plain)), encoded);
        EXPECT_EQ(parse_base64(encoded), bytes(plain));
        const std::string unpadded = encoded.substr(0, encoded.find('='));
        EXPECT_EQ(to_base64url(bytes_of(plain)), unpadded);
        EXPECT_EQ(parse_base64url(unpadded), bytes(plain));
    }
}

TEST(Base64, the_alphabets_differ_in_two_characters) {
    const Bytes raw{0xFB, 0xFF, 0xBF};
    EXPECT_EQ(to_base64(raw), "+/+/");
    EXPECT_EQ(to_base64url(raw), "-_-_");
    EXPECT_FALSE(parse_base64("-_-_"));
    EXPECT_FALSE(parse_base64url("+/+/"));
}

TEST(Base64, refuses_missing_superfluous_and_misplaced_padding) {
    for (const char* text :
         {"Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v====", "=Zg=", "Zg==Zg==", "Zm9vY", "=", "Zm=v"}) {
        EXPECT_FALSE(parse_base64(text)) << text;
    }
    for (const char* text : {"Zg==", "Zg=", "Zm8=", "Z", "Zm9vY"}) EXPECT_FALSE(parse_base64url(text)) << text;
}

TEST(Base64, refuses_stray_bits_so_that_a_value_has_one_text_only) {
    EXPECT_FALSE(parse_base64("Zh=="));
    EXPECT_FALSE(parse_base64("Zm9="));
    EXPECT_FALSE(parse_base64url("Zh"));
    EXPECT_FALSE(parse_base64url("Zm9"));
}

TEST(Base64, refuses_white_space_and_what_is_not_ascii) {
    for (const char* text : {"Zm9v\n", " Zm9", "Zm9v YmFy", "Zm\x80v", "Zm9\xFF"}) {
        EXPECT_FALSE(parse_base64(text)) << text;
        EXPECT_FALSE(parse_base64url(text)) << text;
    }
    EXPECT_FALSE(parse_base64url(std::string_view("Zm\0v", 4)));
}

TEST(PercentEncoding, keeps_only_unreserved_characters) {
    EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encode(" +/?&=%\"\xC3\xA9"), "%20%2B%2F%3F%26%3D%25%22%C3%A9");
    EXPECT_EQ(percent_encode(std::string_view("\0", 1)), "%00");
}

TEST(PercentEncoding, decodes_once_and_leaves_plus_alone) {
    EXPECT_EQ(percent_decode("a%20b+c%2b"), "a b+c+");
    EXPECT_EQ(percent_decode("%252f"), "%2f");
    EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
}

TEST(PercentEncoding, refuses_a_broken_escape) {
    for (const char* text : {"%", "%2", "a%", "%2g", "%g2", "%%20", "% 20", "%+1"}) {
        EXPECT_FALSE(percent_decode(text)) << text;
    }
}

TEST(CountCharacters, counts_code_points_not_bytes) {
    EXPECT_EQ(count_characters(""), 0u);
    EXPECT_EQ(count_characters("abc"), 3u);
    EXPECT_EQ(count_characters("eight by\xC3\xA9 eight bytes at a time"), 31u);
    EXPECT_FALSE(count_characters("eight by\xC3 eight bytes at a time"));
    EXPECT_EQ(count_characters("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 3u);
    EXPECT_FALSE(count_characters("a\xC3"));
}

}  // namespace
}  // namespace symbolon
