#pragma once

#include <string_view>

namespace symbolon::crypto {

/// One of the passwords that are guessed first, in whatever case.
bool is_common_password(std::string_view password);

}  // namespace symbolon::crypto
