#pragma once

#include "deployment.hpp"

namespace symbolon::bench {

/// Whether everybody is asked for once, or again and again.
enum class Repeat { no, yes };

/// AdminGetUser by phone number, of the deployment's users in turn.
Pace measure_lookups(Deployment& deployment, Seconds duration, Repeat repeat);

}  // namespace symbolon::bench
