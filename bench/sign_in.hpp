#pragma once

#include "deployment.hpp"

#include <string>
#include <vector>

namespace symbolon::bench {

struct SignInPace {
    Pace pace;
    std::vector<std::string> access_tokens;  ///< some of those that were issued
};

/// Whole sign-ins over the JSON API: USER_PASSWORD_AUTH, the code out of the text message, SMS_MFA, tokens.
SignInPace measure_sign_ins(Deployment& deployment, Seconds duration);

}  // namespace symbolon::bench
