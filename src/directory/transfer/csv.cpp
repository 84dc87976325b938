#include "directory/transfer/csv.hpp"

#include "base/encoding.hpp"

#include <iterator>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

/// One row, given line by line.
class RowParser {
public:
    enum class State { complete, open, faulty };

    /// Takes one more line of the row. Open: it goes on in the next one.
    State take(const TextLine& line) {
        if (line.too_long) return fail("The line is too long.");
        for (std::size_t i = 0; i < line.text.size(); ++i) {
            const bool bare = at_ == At::beginning || at_ == At::plain;
            const bool escape = bare && line.text.compare(i, 2, "\\,") == 0;
            const bool taken = escape ? take_plain(line.text[++i]) : take_character(line.text[i]);
            if (!taken) return State::faulty;
        }
        if (at_ != At::quoted) return end_value() ? State::complete : State::faulty;
        for (const char c : line.end)
            if (!append(c)) return State::faulty;
        return State::open;
    }

    State fail(std::string fault) {
        fault_ = std::move(fault);
        return State::faulty;
    }

    std::vector<std::string> take_values() { return std::move(values_); }
    std::string take_fault() { return std::move(fault_); }

private:
    enum class At { beginning, plain, quoted, quote_in_quoted };

    bool refuse(std::string fault) {
        fail(std::move(fault));
        return false;
    }

    bool take_character(char c) {
        switch (at_) {
            case At::beginning:
                if (c != '"') return take_plain_or_end(c);
                at_ = At::quoted;
                return true;
            case At::plain:
                if (c == '"') return refuse("There is a quote inside of a value that does not begin with one.");
                return take_plain_or_end(c);
            case At::quoted:
                if (c != '"') return append(c);
                at_ = At::quote_in_quoted;
                return true;
            case At::quote_in_quoted:
                if (c == ',') return end_value();
                if (c != '"') return refuse("There is something between a closing quote and the next comma.");
                at_ = At::quoted;
                return append(c);
        }
        return false;
    }

    bool take_plain_or_end(char c) { return c == ',' ? end_value() : take_plain(c); }

    bool take_plain(char c) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) return refuse("There is a control character outside of quotes.");
        at_ = At::plain;
        return append(c);
    }

    bool append(char c) {
        if (value_.size() == max_csv_value) return refuse("A value is too long.");
        if (++size_ > max_csv_row) return refuse("The row is too long.");
        value_ += c;
        return true;
    }

    bool end_value() {
        if (values_.size() == max_csv_values) return refuse("The row has too many values.");
        if (!count_characters(value_)) return refuse("A value is not UTF-8.");
        values_.push_back(std::exchange(value_, {}));
        at_ = At::beginning;
        return true;
    }

    At at_ = At::beginning;
    std::string value_;
    std::size_t size_ = 0;  ///< of all values
    std::vector<std::string> values_;
    std::string fault_;
};

}  // namespace

std::optional<TextLine> CsvReader::next_line() {
    if (returned_.empty()) return lines_.read();
    TextLine line = std::move(returned_.front());
    returned_.pop_front();
    return line;
}

CsvRow CsvReader::read_row(const TextLine& first) {
    using State = RowParser::State;
    RowParser parser;
    std::deque<TextLine> further;
    State state = parser.take(first);
    while (state == State::open) {
        auto line = further.size() + 1 < max_csv_lines ? next_line() : std::nullopt;
        if (line) {
            state = parser.take(*line);
            further.push_back(std::move(*line));
        } else {
            state = parser.fail("A value begins with a quote that is not closed.");
        }
    }
    if (state == State::complete) return {.line = first.number, .values = parser.take_values(), .fault = {}};
    returned_.insert(returned_.begin(), std::move_iterator(further.begin()), std::move_iterator(further.end()));
    return {.line = first.number, .values = {}, .fault = parser.take_fault()};
}

std::optional<CsvRow> CsvReader::read() {
    auto line = next_line();
    while (line && line->text.empty() && !line->too_long) line = next_line();
    if (!line) return std::nullopt;
    return read_row(*line);
}

}  // namespace symbolon::directory::transfer
