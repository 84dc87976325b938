#pragma once

#include <cstddef>
#include <fstream>
#include <istream>
#include <span>
#include <string>

namespace symbolon::app {

/// The file that a command reads; `-` is standard input, which may be a file, a pipe or a socket.
class Input {
public:
    /// Fails: invalid_parameter when there is no such file.
    explicit Input(const std::string& name);

    /// True when it begins with a brace, as an export of a pool does. What begins otherwise is read as CSV.
    bool is_export() { return stream_.peek() == '{'; }
    std::istream& stream() { return stream_; }
    /// Fills the block from its beginning and says how far; 0 at the end. Fails: unavailable.
    std::size_t read(std::span<char> block);

private:
    const std::string name_;
    std::ifstream file_;
    std::istream& stream_;
};

}  // namespace symbolon::app
