#pragma once

#include "deployment.hpp"

namespace symbolon::bench {

/// From the start of the process to the first 200 of /readyz, over the deployment's data folder: the median of several
/// starts. The server is stopped before and after.
Seconds measure_start_up(Deployment& deployment);

}  // namespace symbolon::bench
