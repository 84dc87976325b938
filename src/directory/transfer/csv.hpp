#pragma once

#include "directory/transfer/text_lines.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Comma-separated values as RFC 4180 has them, read row by row in bounded memory. Strict: a quote belongs around a
/// whole value, nothing follows the closing one, values outside of quotes hold no control characters, all is UTF-8.
/// Lines end with LF or CRLF; empty ones and a byte order mark are passed over. One addition: outside of quotes `\,` is
/// a comma, which is how the service's own files have one (cognito-api.md §7.2).
namespace symbolon::directory::transfer {

inline constexpr std::size_t max_csv_row = 64 * 1024;   ///< bytes of its values: the service's 16,000 characters
inline constexpr std::size_t max_csv_value = 8 * 1024;  ///< bytes: an attribute has at most 2,048 characters
inline constexpr std::size_t max_csv_values = 128;      ///< of a row; a pool has at most 70 attributes
inline constexpr std::size_t max_csv_lines = 32;        ///< of a row, with line breaks in its values
/// Of a line, in bytes: every character of a row could be a doubled quote.
inline constexpr std::size_t max_csv_line = 2 * max_csv_row + 3 * max_csv_values;

struct CsvRow {
    std::size_t line = 0;  ///< on which it begins, from 1
    std::vector<std::string> values;
    std::string fault;  ///< why the line is not the beginning of a row; then there are no values
};

class CsvReader {
public:
    explicit CsvReader(ReadSome read) : lines_(std::move(read), max_csv_line) {}

    /// The next row, or what is wrong with it; nothing at the end. After a fault it goes on with the next line, so that
    /// a quote too many costs one line and not what follows it.
    std::optional<CsvRow> read();

private:
    std::optional<TextLine> next_line();
    CsvRow read_row(const TextLine& first);

    TextLines lines_;
    std::deque<TextLine> returned_;  ///< read once, and to be read again
};

}  // namespace symbolon::directory::transfer
