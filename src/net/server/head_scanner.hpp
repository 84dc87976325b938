#pragma once

#include <cstddef>
#include <string_view>

namespace symbolon::net {

/// Finds the end of a request's head in what has arrived so far, and refuses on the way what other parsers read in
/// another manner (RFC 9112 §2.2, §5.2): a line that does not end in CRLF, a CR elsewhere, a folded line, an empty line
/// before the request line. The HTTP parser behind it would unfold silently, and would wait for ever for the end of a
/// head whose lines end in LF.
class HeadScanner {
public:
    enum class State { incomplete, complete, broken };

    /// `bytes` is all of the head that has arrived; each call may show more of it.
    State scan(std::string_view bytes);
    /// After complete: the length of the head with its empty line.
    std::size_t size() const { return line_; }

private:
    std::size_t line_ = 0;     ///< where the current line begins
    std::size_t scanned_ = 0;  ///< no line ends before this
};

}  // namespace symbolon::net
