#include "directory/transfer/csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {
namespace {

using Values = std::vector<std::string>;

/// Reads a text in pieces of a few bytes, so that every construct is cut somewhere.
std::vector<CsvRow> read_all(std::string_view text, std::size_t piece = 3) {
    CsvReader reader([text, piece](std::span<char> block) mutable {
        const auto part = text.substr(0, std::min(piece, block.size()));
        std::copy(part.begin(), part.end(), block.begin());
        text.remove_prefix(part.size());
        return part.size();
    });
    std::vector<CsvRow> rows;
    while (auto row = reader.read()) rows.push_back(std::move(*row));
    return rows;
}

Values values_of(std::string_view text) {
    const auto rows = read_all(text);
    EXPECT_EQ(rows.size(), 1U) << text;
    if (rows.empty()) return {};
    EXPECT_EQ(rows.front().fault, "") << text;
    return rows.front().values;
}

std::string fault_of(std::string_view text, std::size_t piece = 3) {
    const auto rows = read_all(text, piece);
    EXPECT_FALSE(rows.empty());
    if (rows.empty()) return {};
    EXPECT_EQ(rows.front().values, Values{});
    return rows.front().fault;
}

TEST(Csv, reads_plain_and_quoted_values) {
    EXPECT_EQ(values_of("a,b,c\n"), (Values{"a", "b", "c"}));
    EXPECT_EQ(values_of("a,b,c"), (Values{"a", "b", "c"})) << "the last line needs no end";
    EXPECT_EQ(values_of(",,"), (Values{"", "", ""}));
    EXPECT_EQ(values_of("\"\",\"a,b\",\"say \"\"hi\"\"\"\r\n"), (Values{"", "a,b", "say \"hi\""}));
    EXPECT_EQ(values_of(" a , b "), (Values{" a ", " b "})) << "blanks are a value's own (RFC 4180 §2.4)";
    EXPECT_EQ(values_of("Zo\xC3\xAB,\xF0\x9F\x8C\x8D"), (Values{"Zo\xC3\xAB", "\xF0\x9F\x8C\x8D"}));
}

TEST(Csv, keeps_line_breaks_inside_of_quotes_as_they_are) {
    const auto rows = read_all("\"one\r\ntwo\n\nthree\",b\r\nc,d\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].values, (Values{"one\r\ntwo\n\nthree", "b"}));
    EXPECT_EQ(rows[0].line, 1U);
    EXPECT_EQ(rows[1].values, (Values{"c", "d"}));
    EXPECT_EQ(rows[1].line, 5U);
}

TEST(Csv, passes_over_a_byte_order_mark_and_empty_lines) {
    const auto rows = read_all("\xEF\xBB\xBF\n\r\na,b\r\n\nc,d\n\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].values, (Values{"a", "b"}));
    EXPECT_EQ(rows[0].line, 3U);
    EXPECT_EQ(rows[1].values, (Values{"c", "d"}));
    EXPECT_EQ(rows[1].line, 5U);
    EXPECT_TRUE(read_all("").empty());
    EXPECT_TRUE(read_all("\xEF\xBB\xBF").empty());
}

TEST(Csv, reads_the_services_commas) {
    EXPECT_EQ(values_of("Doe\\, Jane,b\n"), (Values{"Doe, Jane", "b"}));
    EXPECT_EQ(values_of("\\,,\\\\,x\n"), (Values{",", "\\,x"})) << "a backslash is one, but before a comma";
    EXPECT_EQ(values_of("C:\\x,\\\n"), (Values{"C:\\x", "\\"}));
    EXPECT_EQ(values_of("\"a\\,b\",\"c\\\"\n"), (Values{"a\\,b", "c\\"})) << "in quotes nothing is escaped so";
}

TEST(Csv, refuses_what_is_not_csv) {
    EXPECT_EQ(fault_of("a \"b\",c\n"), "There is a quote inside of a value that does not begin with one.");
    const std::string behind = "There is something between a closing quote and the next comma.";
    EXPECT_EQ(fault_of("\"a\" ,b\n"), behind);
    EXPECT_EQ(fault_of("\"a\"b\n"), behind);
    EXPECT_EQ(fault_of("\"a\"\\,b\n"), behind);
    EXPECT_EQ(fault_of("\"a,b"), "A value begins with a quote that is not closed.");
    EXPECT_EQ(fault_of("\"a,b\nc"), "A value begins with a quote that is not closed.");
    for (const char c : {'\0', '\t', '\r', '\x1B', '\x7F'})
        EXPECT_EQ(fault_of(std::string("a") + c + "b,c\n"), "There is a control character outside of quotes.");
    EXPECT_EQ(fault_of("caf\xE9,b\n"), "A value is not UTF-8.");
    EXPECT_EQ(fault_of("\"\xC0\xAF\",b\n"), "A value is not UTF-8.") << "an overlong form";
}

TEST(Csv, a_fault_costs_one_line_and_not_those_behind_it) {
    const auto rows = read_all("a,b\n\"c,d\ne,f\n\"g\",\"h\"\n");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[1].line, 2U);
    EXPECT_NE(rows[1].fault, "") << "the quote of c is closed by that of g";
    EXPECT_EQ(rows[2].values, (Values{"e", "f"}));
    EXPECT_EQ(rows[2].line, 3U);
    EXPECT_EQ(rows[3].values, (Values{"g", "h"}));
    EXPECT_EQ(rows[3].line, 4U);
}

TEST(Csv, values_rows_and_lines_are_bounded) {
    constexpr std::size_t block = 64 * 1024;
    EXPECT_EQ(values_of(std::string(max_csv_value, 'x')).front().size(), max_csv_value);
    EXPECT_EQ(fault_of(std::string(max_csv_value + 1, 'x'), block), "A value is too long.");
    EXPECT_EQ(values_of(std::string(max_csv_values - 1, ',')).size(), max_csv_values);
    EXPECT_EQ(fault_of(std::string(max_csv_values, ',')), "The row has too many values.");

    std::string row;
    for (std::size_t size = 0; size < max_csv_row; size += max_csv_value) row += std::string(max_csv_value, 'x') + ',';
    EXPECT_EQ(read_all(row + "\n", block).front().fault, "");
    EXPECT_EQ(fault_of(row + "x\n", block), "The row is too long.");

    const std::string breaks(max_csv_lines - 1, '\n');
    EXPECT_EQ(values_of("\"" + breaks + "\"\n"), Values{breaks});
    EXPECT_EQ(fault_of("\"\n" + breaks + "\"\n"), "A value begins with a quote that is not closed.");
}

TEST(Csv, passes_over_a_line_that_does_not_fit_in_memory) {
    const auto rows = read_all("a\n" + std::string(300'000, 'x') + "\nb\n", 4096);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].values, Values{"a"});
    EXPECT_EQ(rows[1].fault, "The line is too long.");
    EXPECT_EQ(rows[1].line, 2U);
    EXPECT_EQ(rows[2].values, Values{"b"});
}

}  // namespace
}  // namespace symbolon::directory::transfer
