#pragma once

#include "symbolon/skill/response.hpp"

namespace symbolon::skill {

/// The platform's limits on what a response holds. Fails: InvalidResponse.
/// Spec: Alexa Skills Kit, "Response format", "AudioPlayer interface".
void check_limits(const Response& response);

}  // namespace symbolon::skill
