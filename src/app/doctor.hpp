#pragma once

#include "app/doctor_options.hpp"

namespace symbolon::app {

/// Examines an OAuth server and reports. Returns the exit code: 0 fit, 1 unfit, 2 could not examine. Fails:
/// Error{invalid_parameter}.
int examine(DoctorOptions options);

}  // namespace symbolon::app
