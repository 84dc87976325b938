#pragma once

#include "voice/talk/exchange.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace symbolon::voice {

/// One exchange as the pages show it (web/assistant/README.md, `turn`): what was said and heard, cards, sounds, screens
/// and other directives.
boost::json::object turn_context(const Exchange& exchange);

/// The latest turns of an account, the oldest first. `exchanges`: the latest first, as the log lists them. Skill events
/// and directives are no turns.
boost::json::array talk_context(const std::vector<Exchange>& exchanges, const std::string& account, std::size_t most);

/// The same with request and response, for the console and the log.
boost::json::object exchange_context(const Exchange& exchange);

}  // namespace symbolon::voice
