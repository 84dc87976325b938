#include "directory/transfer/lines.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace symbolon::directory::transfer {

crypto::Digest extend(const crypto::Digest& former, std::string_view line) {
    std::string text;
    text.reserve(former.size() + line.size());
    text.append(former.begin(), former.end());
    text += line;
    return crypto::sha256(text);
}

Line parse_line(std::string_view text, std::size_t number) {
    boost::system::error_code broken;
    auto value = boost::json::parse(text, broken);
    if (broken || !value.is_object() || value.as_object().size() != 1 ||
        !value.as_object().begin()->value().is_object()) {
        throw Error(Errc::invalid_parameter, "Line " + std::to_string(number) + " is not a line of an export.");
    }
    auto& only = *value.as_object().begin();
    return {std::string(only.key()), std::move(only.value().as_object())};
}

}  // namespace symbolon::directory::transfer
