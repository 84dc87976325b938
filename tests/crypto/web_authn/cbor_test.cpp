#include "crypto/web_authn/cbor.hpp"

#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace symbolon::crypto::web_authn::cbor {
namespace {

Bytes item(std::string_view hex) {
    return *parse_hex(hex);
}

std::optional<std::int64_t> integer(std::string_view hex) {
    const Bytes bytes = item(hex);
    const auto value = parse(bytes);
    if (!value || !value->integer()) return std::nullopt;
    return *value->integer();
}

bool is_refused(std::string_view hex) {
    const Bytes bytes = item(hex);
    return !parse(bytes).has_value();
}

/// RFC 8949 Appendix A.
TEST(Cbor, reads_the_published_integers) {
    EXPECT_EQ(integer("00"), 0);
    EXPECT_EQ(integer("17"), 23);
    EXPECT_EQ(integer("1818"), 24);
    EXPECT_EQ(integer("1903e8"), 1000);
    EXPECT_EQ(integer("1a000f4240"), 1000000);
    EXPECT_EQ(integer("1b000000e8d4a51000"), 1000000000000);
    EXPECT_EQ(integer("20"), -1);
    EXPECT_EQ(integer("3863"), -100);
    EXPECT_EQ(integer("3903e7"), -1000);
    EXPECT_EQ(integer("1b7fffffffffffffff"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(integer("3b7fffffffffffffff"), std::numeric_limits<std::int64_t>::min());
}

TEST(Cbor, reads_strings_lists_and_maps) {
    const Bytes bytes = item("a3616101028203046263634301ff00");  // {"a": 1, 2: [3, 4], "cc": h'01ff00'}
    const auto value = parse(bytes);
    ASSERT_TRUE(value);
    EXPECT_EQ(*value->find_integer("a"), 1);
    ASSERT_TRUE(value->find(2) && value->find(2)->array());
    EXPECT_EQ(value->find(2)->array()->size(), 2U);
    ASSERT_TRUE(value->find_bytes("cc"));
    EXPECT_EQ(to_hex(*value->find_bytes("cc")), "01ff00");
    EXPECT_EQ(value->find("b"), nullptr);
    EXPECT_EQ(value->find_bytes("a"), nullptr) << "of another type";
}

TEST(Cbor, knows_true_false_and_null_and_no_other_simple_value) {
    EXPECT_FALSE(is_refused("f4"));
    EXPECT_FALSE(is_refused("f5"));
    EXPECT_FALSE(is_refused("f6"));
    for (const char* hex : {"f7", "f0", "f8ff", "f93c00", "fb3ff199999999999a"}) EXPECT_TRUE(is_refused(hex)) << hex;
}

TEST(Cbor, a_number_has_one_spelling) {
    for (const char* hex : {"1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff", "1b0000000000000000",
                            "1b00000000ffffffff", "3817", "5800", "7800", "9800", "b800"})
        EXPECT_TRUE(is_refused(hex)) << hex;
    EXPECT_FALSE(is_refused("190100"));
}

TEST(Cbor, numbers_that_do_not_fit_are_refused) {
    EXPECT_TRUE(is_refused("1b8000000000000000"));
    EXPECT_TRUE(is_refused("1bffffffffffffffff"));
    EXPECT_TRUE(is_refused("3b8000000000000000"));
}

TEST(Cbor, indefinite_lengths_tags_and_reserved_heads_are_refused) {
    for (const char* hex : {"5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "bfff", "c074323031", "1c",
                            "1d", "1e", "1f", "ff"})
        EXPECT_TRUE(is_refused(hex)) << hex;
}

// Attack row 41.
TEST(Cbor, what_is_shorter_than_it_says_is_refused) {
    for (const char* hex : {"", "18", "19", "1900", "1a000000", "41", "4201", "61", "81", "8201", "a1", "a101",
                            "a2010203", "5bffffffffffffffff", "7bffffffffffffffff", "9bffffffffffffffff",
                            "bbffffffffffffffff", "9b7fffffffffffffff00", "5affffffff00"})
        EXPECT_TRUE(is_refused(hex)) << hex;
}

TEST(Cbor, what_stands_behind_is_refused_or_told) {
    EXPECT_TRUE(is_refused("0000"));
    const Bytes bytes = item("a1010200");
    const auto first = parse_first(bytes);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->size, 3U);
}

TEST(Cbor, keys_are_integers_or_texts_and_each_is_there_once) {
    EXPECT_FALSE(is_refused("a201020304"));
    EXPECT_TRUE(is_refused("a201020104"));
    EXPECT_TRUE(is_refused("a2616101616102"));
    EXPECT_TRUE(is_refused("a1410100"));
    EXPECT_TRUE(is_refused("a18000"));
    EXPECT_TRUE(is_refused("a1f500"));
}

TEST(Cbor, text_is_utf8) {
    EXPECT_FALSE(is_refused("62c3bc"));
    EXPECT_TRUE(is_refused("61ff"));
    EXPECT_TRUE(is_refused("62c328"));
}

// Attack row 41: bounded, whatever comes.
TEST(Cbor, depth_and_number_of_items_are_bounded) {
    std::string nested;
    for (std::size_t i = 0; i < max_depth; ++i) nested += "81";
    EXPECT_FALSE(is_refused(nested + "00"));
    EXPECT_TRUE(is_refused("81" + nested + "00"));
    std::string deep;
    for (int i = 0; i < 100000; ++i) deep += "81";
    EXPECT_TRUE(is_refused(deep + "00"));

    std::string many;
    for (std::size_t i = 0; i < max_items - 1; ++i) many += "00";
    EXPECT_FALSE(is_refused("9901ff" + many));
    EXPECT_TRUE(is_refused("990200" + many + "00"));
}

}  // namespace
}  // namespace symbolon::crypto::web_authn::cbor
