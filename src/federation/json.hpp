#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::federation {

/// A provider's JSON object, of at most 16 levels; nothing for anything else.
std::optional<boost::json::object> parse_object(std::string_view text);
/// A member that is text; "" when it is not there or something else.
std::string text_member(const boost::json::object& object, std::string_view name);

}  // namespace symbolon::federation
