#pragma once

#include "voice/linking/token_client.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// One thing that happened on the way to a link, for the page that explains.
struct LinkStep {
    std::string title;
    bool ok = true;
    std::string detail;
    std::optional<std::int64_t> milliseconds;
    Evidence evidence{};
};

/// How a linking ended.
struct LinkOutcome {
    bool linked = false;
    std::string skill_id;     ///< "" when the state named none
    std::string cause;        ///< fixed code, e.g. oauth_error:invalid_client
    std::string explanation;  ///< what it means
    std::string advice;
    std::vector<LinkStep> steps;
    std::string account;
    std::string platform_sentence;  ///< what the platform would show; "" when it is not known whose linking it was
};

}  // namespace symbolon::voice
