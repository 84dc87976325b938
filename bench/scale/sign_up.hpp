#pragma once

#include "deployment.hpp"

#include <cstddef>

namespace symbolon::bench {

/// SignUp of users who are not there yet. `signed_up`: how many of them have come so far.
Pace measure_sign_ups(Deployment& deployment, Seconds duration, std::size_t& signed_up);

}  // namespace symbolon::bench
