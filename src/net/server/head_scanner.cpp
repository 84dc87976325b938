#include "net/server/head_scanner.hpp"

namespace symbolon::net {

HeadScanner::State HeadScanner::scan(std::string_view bytes) {
    while (true) {
        const auto newline = bytes.find('\n', scanned_);
        if (newline == std::string_view::npos) {
            scanned_ = bytes.size();
            return State::incomplete;
        }
        const auto line = bytes.substr(line_, newline - line_);  // with its CR
        if (line.empty() || line.find('\r') != line.size() - 1) return State::broken;
        if (line.front() == ' ' || line.front() == '\t') return State::broken;
        const bool first = line_ == 0;
        line_ = scanned_ = newline + 1;
        if (line.size() == 1) return first ? State::broken : State::complete;
    }
}

}  // namespace symbolon::net
