#pragma once

#include "deployment.hpp"

namespace symbolon::bench {

/// Whole sign-ins by USER_SRP_AUTH in a pool without a second factor: PASSWORD_VERIFIER, its proof, tokens.
Pace measure_srp_sign_ins(Deployment& deployment, Seconds duration);

}  // namespace symbolon::bench
