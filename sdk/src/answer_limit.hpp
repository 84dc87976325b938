#pragma once

#include <chrono>

namespace symbolon::skill {

/// The platform waits no longer for an answer over HTTPS.
inline constexpr std::chrono::seconds answer_limit{8};

}  // namespace symbolon::skill
