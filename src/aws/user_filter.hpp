#pragma once

#include "directory/users.hpp"

#include <string_view>

namespace symbolon::aws {

/// Reads the Filter of ListUsers: `attribute = "value"` or `attribute ^= "value"`, the attribute bare or in quotes,
/// `\"` and `\\` escaped in the value; empty: all users. One pass over the text, whatever it holds. Fails:
/// invalid_parameter "Error while parsing filter", "Invalid search attribute: <name>". Spec: cognito-api §4.7.
directory::Users::Filter parse_user_filter(std::string_view text);

}  // namespace symbolon::aws
