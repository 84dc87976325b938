#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Reading documents of others: what has another type counts as absent.
namespace symbolon::voice {

/// The member's text; "" when it is absent or none.
std::string text_of(const boost::json::object& in, std::string_view name);
/// The text at a JSON pointer, "/event/header/name"; "" when it is absent or none.
std::string text_at(const boost::json::object& in, std::string_view pointer);
/// The member when it is `true`.
bool flag_of(const boost::json::object& in, std::string_view name);
/// Null when it is absent or none.
const boost::json::object* object_of(const boost::json::object& in, std::string_view name);
/// The objects of a list.
std::vector<const boost::json::object*> objects_of(const boost::json::object& in, std::string_view name);
std::vector<std::string> texts_of(const boost::json::object& in, std::string_view name);

}  // namespace symbolon::voice
