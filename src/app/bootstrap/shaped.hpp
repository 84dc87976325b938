#pragma once

#include "base/shape/description.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace YAML {
class Node;
}

namespace symbolon::app {

/// Where a value stands in a file, for messages: `UserPools[0].Clients[1].CallbackURLs`.
std::string member_path(const std::string& path, std::string_view member);
std::string element_path(const std::string& path, std::size_t index);

/// Fails: invalid_parameter "<path>: <why>".
[[noreturn]] void refuse_value(const std::string& path, const std::string& why);

/// A value of a YAML file as the JSON that its description asks for: what is a text stays one, however it looks (a
/// phone number, `ON`). `${NAME}` in a scalar is that variable of the environment, `$${` is `${`. Constraints are left
/// to who decodes it. Fails: invalid_parameter (a member that is not described, another kind of value, an unset
/// variable).
boost::json::value read_shaped(const YAML::Node& node, const Description& description, const std::string& path);

}  // namespace symbolon::app
