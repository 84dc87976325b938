#pragma once

#include "voice/skill.hpp"
#include "voice/talk/exchange.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <vector>

namespace symbolon::voice {

/// A conversation as a file for tests (docs/assistant.md): each request as it was sent, beside what the skill answered.
/// What differs from run to run is the same in every file: request ids, times, the person's and the session's ids.
/// `exchanges`: the latest first, as the log lists them. `from`: the number of the first that is taken.
boost::json::object fixture_of(const Skill& skill, const std::vector<Exchange>& exchanges, std::int64_t from);

}  // namespace symbolon::voice
