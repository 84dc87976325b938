#pragma once

#include "voice/assistant.hpp"
#include "voice/linking/outcome.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace symbolon::voice {

/// What a maker's server said to a message of a platform.
struct Posted {
    LinkStep step;             ///< ok when the answer was 200 and a JSON object
    int status = 0;            ///< 0: no answer
    boost::json::object body;  ///< empty when there is none
};

/// POSTs JSON to a maker's server, as a platform does, with `bearer` where one is given, and waits as long as for a
/// skill (8 s). Secrets are masked in the step.
Task<Posted> post_json(const Assistant::Parts& parts, std::string title, std::string url, boost::json::object message,
                       std::string bearer);

}  // namespace symbolon::voice
