#include "directory/transfer/text_lines.hpp"

namespace symbolon::directory::transfer {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

bool TextLines::fill() {
    rest_ = {block_.data(), read_(block_)};
    return !rest_.empty();
}

std::optional<TextLine> TextLines::read() {
    if (rest_.empty() && !fill()) return std::nullopt;
    TextLine line;
    line.number = ++number_;
    bool ended = false;
    do {
        const std::size_t feed = rest_.find('\n');
        ended = feed != std::string_view::npos;
        const std::string_view piece = rest_.substr(0, feed);
        rest_.remove_prefix(ended ? feed + 1 : rest_.size());
        line.too_long = line.too_long || line.text.size() + piece.size() > max_line_;
        if (line.too_long)
            line.text.clear();
        else
            line.text += piece;
    } while (!ended && fill());

    if (ended) line.end = "\n";
    if (ended && line.text.ends_with('\r')) {
        line.text.pop_back();
        line.end = "\r\n";
    }
    if (line.number == 1 && line.text.starts_with(byte_order_mark)) line.text.erase(0, byte_order_mark.size());
    return line;
}

}  // namespace symbolon::directory::transfer
