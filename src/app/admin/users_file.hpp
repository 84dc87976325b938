#pragma once

#include "app/admin/input.hpp"
#include "app/options.hpp"

namespace symbolon::app {

/// Reads a CSV file of users into a pool that is there; says of each row that was not imported why. May be run again.
/// Fails: invalid_parameter, also at the end when rows were refused.
void import_users_from_file(const AdminOptions& options, Input& input);

}  // namespace symbolon::app
