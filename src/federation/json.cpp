#include "federation/json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>

#include <utility>

namespace symbolon::federation {

std::optional<boost::json::object> parse_object(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 16;
    boost::system::error_code failure;
    auto value = boost::json::parse(text, failure, {}, options);
    if (failure || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::string text_member(const boost::json::object& object, std::string_view name) {
    const auto* member = object.if_contains(name);
    return member && member->is_string() ? std::string(member->get_string()) : std::string{};
}

}  // namespace symbolon::federation
