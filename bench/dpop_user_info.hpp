#pragma once

#include "deployment.hpp"

#include <string>

namespace symbolon::bench {

/// userInfo with an access token that is bound to a key (RFC 9449): each request has a proof of its own, signed with
/// ES256 on the driver's core, which the server verifies and uses up.
Pace measure_dpop_user_info(Deployment& deployment, const std::string& cookies, Seconds duration);

}  // namespace symbolon::bench
