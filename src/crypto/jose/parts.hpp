#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Parts of compact messages, signed or encrypted. Private to the floor.
namespace symbolon::crypto::jose {

/// Base64url of one JSON object of at most 8 levels; nothing for anything else.
std::optional<boost::json::object> parse_part(std::string_view part);

/// Reads a member that may be absent. False when it is no text.
bool read_text(const boost::json::object& header, std::string_view name, std::string& out);

}  // namespace symbolon::crypto::jose
