#include "crypto/jose/parts.hpp"

#include "base/encoding.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <utility>

namespace symbolon::crypto::jose {

namespace json = boost::json;

std::optional<json::object> parse_part(std::string_view part) {
    constexpr std::size_t max_depth = 8;
    const auto bytes = parse_base64url(part);
    if (!bytes) return std::nullopt;
    json::parse_options options;
    options.max_depth = max_depth;
    boost::system::error_code failure;
    json::value value = json::parse(text_of(*bytes), failure, {}, options);
    if (failure || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

bool read_text(const json::object& header, std::string_view name, std::string& out) {
    const json::value* member = header.if_contains(name);
    if (!member) return true;
    if (!member->is_string()) return false;
    out = member->get_string();
    return true;
}

}  // namespace symbolon::crypto::jose
