#pragma once

#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <string_view>

namespace symbolon::directory {

/// The user that an administrator asks for: name and attributes checked and in the form in which they are stored, all
/// else as in a new User. Where user names are phone numbers or e-mail addresses the name becomes that attribute, and
/// `username` is empty: the sub is to stand there.
/// Fails: invalid_parameter, in the words of cognito-api §4.1 and §4.3.
User check_new_user(const Pool& pool, std::string_view username, const Attributes& given);

}  // namespace symbolon::directory
