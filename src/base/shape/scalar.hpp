#pragma once

#include "base/shape/number.hpp"
#include "base/shape/problems.hpp"
#include "base/shape/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The part of the codec that needs no templates: JSON scalars in, constraints checked, texts of the constraints.
namespace symbolon::codec {

/// Readers. Fails: invalid_json, with the text that says which JSON type stands where another is due.
std::string_view view_string(const boost::json::value& in);
std::string read_string(const boost::json::value& in);
bool read_bool(const boost::json::value& in);
/// Accepts 5 and 5.0, not 5.5 and not "5". Out of [least, greatest]: invalid_json.
std::int64_t read_integer(const boost::json::value& in, std::int64_t least, std::int64_t greatest);
Timestamp read_timestamp(const boost::json::value& in);
const boost::json::array& read_array(const boost::json::value& in);
const boost::json::object& read_object(const boost::json::value& in);

boost::json::value write_timestamp(Timestamp t);

/// Checks: false when the constraint is violated; then `problems`, if given, say so at `path`.
bool check(const std::string& text, const TextRule& rule, const Path& path, Problems* problems);
bool check(std::int64_t number, std::int64_t min, std::int64_t max, const Path& path, Problems* problems);
/// The size of a list. `in` is the list as it came, to be shown unless it is sensitive.
void check_size(std::size_t size, std::size_t min, std::size_t max, const boost::json::value& in, bool sensitive,
                const Path& path, Problems& problems);
/// Reports that elements, keys or values of `in` break their constraint: `opening` + `constraints` + "]".
void add_element_problem(const boost::json::value& in, std::string_view opening, std::string_view constraints,
                         bool sensitive, const Path& path, Problems& problems);

/// Texts of constraints, comma-separated.
std::string list_constraints(const TextRule& rule);
std::string list_constraints(std::int64_t min, std::int64_t max);
std::string choice_constraint(std::string_view names);

}  // namespace symbolon::codec
