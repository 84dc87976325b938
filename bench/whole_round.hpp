#pragma once

#include "deployment.hpp"

#include <string>

namespace symbolon::bench {

/// What a sign-in costs an app whose user has a session: the redirect with a code, its exchange for an access and an ID
/// token, and userInfo, one after the other on each connection. One of the pace's count is a whole round.
Pace measure_whole_round(Deployment& deployment, const std::string& cookies, Seconds duration);

}  // namespace symbolon::bench
