#pragma once

#include "deployment.hpp"
#include "report.hpp"

#include <string>
#include <vector>

namespace symbolon::bench {

/// The rows of an app's requests to the authorization server, each beside its limit. The deployment is started and
/// configured; `cookies` are of a browser that is signed in. `self`: this program.
std::vector<Row> measure_oauth(Deployment& deployment, const std::string& self, const std::string& cookies,
                               Seconds duration);

}  // namespace symbolon::bench
