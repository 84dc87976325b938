#pragma once

#include <string>

namespace symbolon::app {

/// Applies --log-level. Fails: Error{invalid_parameter}.
void set_log_level(const std::string& name);

}  // namespace symbolon::app
