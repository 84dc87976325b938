#pragma once

#include "deployment.hpp"

namespace symbolon::bench {

/// Resident memory of a server that just started over the deployment's data folder and has answered one request, in
/// bytes. Leaves it running.
double measure_idle_memory(Deployment& deployment);

}  // namespace symbolon::bench
