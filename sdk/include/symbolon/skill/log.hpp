#pragma once

#include <functional>
#include <string_view>

namespace symbolon::skill {

enum class LogLevel { info, warning, error };

/// Receives what the SDK has to say to the skill's operator: an event's name and one line of detail, never a token.
/// Threads: called from any.
using Log = std::function<void(LogLevel level, std::string_view event, std::string_view detail)>;

/// One JSON object a line on standard error.
Log stderr_log();

}  // namespace symbolon::skill
