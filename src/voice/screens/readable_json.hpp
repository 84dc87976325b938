#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace symbolon::voice {

/// JSON as people read it: indented.
std::string readable_json(const boost::json::value& value);
/// The same for text that may be no JSON: then it stays as it is, but for what is no UTF-8.
std::string readable_json(const std::string& text);

}  // namespace symbolon::voice
