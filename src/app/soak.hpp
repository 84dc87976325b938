#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// `symbolon assistant soak`: renews a link's tokens for months of its time and reports. 0 when the link is alive
/// afterwards, 1 when it died. Fails: Error (no such data folder, no link).
int soak(const SoakOptions& options);

}  // namespace symbolon::app
