#include "directory/transfer/csv.hpp"
#include "fuzz.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace symbolon;
using namespace symbolon::directory::transfer;

namespace {

/// Hands out the text in pieces of this size, as a disk would.
ReadSome reader_of(std::string_view text, std::size_t piece) {
    return [text, piece](std::span<char> block) mutable {
        const auto part = text.substr(0, std::min(piece, block.size()));
        std::copy(part.begin(), part.end(), block.begin());
        text.remove_prefix(part.size());
        return part.size();
    };
}

std::vector<CsvRow> read_all(std::string_view text, std::size_t piece) {
    CsvReader reader(reader_of(text, piece));
    std::vector<CsvRow> rows;
    while (auto row = reader.read()) rows.push_back(std::move(*row));
    return rows;
}

std::string quoted(const std::vector<std::string>& values) {
    std::string line;
    for (const std::string& value : values) {
        if (!line.empty()) line += ',';
        line += '"';
        for (const char c : value) line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto rows = read_all(text, size);
    const auto in_pieces = read_all(text, 7);
    fuzz::require(rows.size() == in_pieces.size(), "how a file is read in pieces does not matter");

    const auto last_line = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    std::size_t line = 0;
    std::string written;
    std::vector<std::vector<std::string>> good;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        fuzz::require(row.line > line && row.line <= last_line, "rows begin on lines of the file, one after the other");
        line = row.line;
        fuzz::require(row.values == in_pieces[i].values && row.fault == in_pieces[i].fault, "nor for what is read");
        fuzz::require(row.values.empty() != row.fault.empty(), "a row has values or a fault");
        fuzz::require(row.values.size() <= max_csv_values, "a row is bounded");
        for (const auto& value : row.values) fuzz::require(value.size() <= max_csv_value, "a value is bounded");
        if (!row.fault.empty()) continue;
        good.push_back(row.values);
        written += quoted(row.values);
    }

    const auto again = read_all(written, 4096);
    fuzz::require(again.size() == good.size(), "what was written is read");
    for (std::size_t i = 0; i < good.size(); ++i)
        fuzz::require(again[i].values == good[i], "a row is read as it is written");
    return 0;
}
