#pragma once

#include <chrono>
#include <functional>

namespace symbolon::skill {

/// A point in time, UTC.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Tells the time. Injected wherever the SDK needs it, so that a test can stand still or go back.
using Now = std::function<Time()>;

/// The system's clock.
Now system_now();

}  // namespace symbolon::skill
