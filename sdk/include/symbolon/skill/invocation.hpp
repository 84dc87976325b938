#pragma once

#include "symbolon/skill/time.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace symbolon::skill {

/// How a request reached the skill, and until when its answer is of use. The texts are AWS Lambda's; over HTTPS they
/// are empty.
struct Invocation {
    Time deadline = Time::max();
    std::string request_id = {};        ///< of the invocation, as in Lambda's log; not the request's own id
    std::string function_arn = {};      ///< with the alias or version that was called
    std::string trace_id = {};          ///< X-Ray's header
    std::string client_context = {};    ///< JSON; only from the mobile SDK
    std::string cognito_identity = {};  ///< JSON; only from the mobile SDK

    /// Never negative.
    std::chrono::milliseconds remaining(Time now) const {
        return std::max(deadline - now, std::chrono::milliseconds{0});
    }
};

}  // namespace symbolon::skill
