#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace symbolon::oauth {

/// Appends `text` as a JSON string with its quotes (RFC 8259 §7). `text` is valid UTF-8. For the bodies that are
/// written on every request: no document is built for them.
void append_json_string(std::string& out, std::string_view text);
/// Appends `"name":"text"`, with a comma in front unless it is an object's first member.
void append_json_member(std::string& out, std::string_view name, std::string_view text);
/// The same of a value that is no text.
void append_json_value(std::string& out, std::string_view name, const boost::json::value& value);

}  // namespace symbolon::oauth
