#include "directory/transfer/line_reader.hpp"

namespace symbolon::directory::transfer {

void refuse_file(const std::string& message) {
    throw Error(Errc::invalid_parameter, message);
}

Line LineReader::read() {
    const auto text = next_();
    if (!text) refuse_file("The file ends before its last line: it was cut.");
    ++number_;
    former_ = digest_;
    digest_ = extend(digest_, *text);
    return parse_line(*text, number_);
}

}  // namespace symbolon::directory::transfer
