#include "directory/transfer/lines.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <utility>

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
    // What a line holds is made and thrown away together: one piece of memory instead of a dozen.
    auto memory = boost::json::make_shared_resource<boost::json::monotonic_resource>(2 * text.size() + 1024);
    auto value = boost::json::parse(text, broken, std::move(memory));
    if (broken || !value.is_object() || value.as_object().size() != 1 ||
        !value.as_object().begin()->value().is_object()) {
        throw Error(Errc::invalid_parameter, "Line " + std::to_string(number) + " is not a line of an export.");
    }
    auto& only = *value.as_object().begin();
    return {std::string(only.key()), std::move(only.value().as_object())};
}

}  // namespace symbolon::directory::transfer
