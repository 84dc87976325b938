#pragma once

#include "deployment.hpp"

namespace symbolon::bench {

/// Whole sign-ins over the JSON API: USER_PASSWORD_AUTH, the code out of the text message, SMS_MFA, tokens.
Pace measure_sign_ins(Deployment& deployment, Seconds duration);

}  // namespace symbolon::bench
