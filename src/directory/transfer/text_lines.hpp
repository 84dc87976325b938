#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {

/// Fills the span from its beginning and says how far; 0 at the end of the file.
using ReadSome = std::function<std::size_t(std::span<char>)>;

/// A line of a text file.
struct TextLine {
    std::size_t number = 0;  ///< from 1
    std::string text;        ///< without its end
    std::string_view end;    ///< LF, CRLF, or nothing at the end of the file
    bool too_long = false;   ///< then there is no text
};

/// The lines of a file, whatever their lengths, in bounded memory. A byte order mark is passed over.
class TextLines {
public:
    /// Lines of more than `max_line` bytes are too long.
    TextLines(ReadSome read, std::size_t max_line) : read_(std::move(read)), max_line_(max_line) {}

    /// The next line; nothing at the end.
    std::optional<TextLine> read();

private:
    bool fill();

    ReadSome read_;
    const std::size_t max_line_;
    std::size_t number_ = 0;
    std::vector<char> block_ = std::vector<char>(64 * 1024);
    std::string_view rest_;  ///< of the block
};

}  // namespace symbolon::directory::transfer
