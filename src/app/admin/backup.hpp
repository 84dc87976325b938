#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// Copies database, master key and credentials of a data folder, also one in use, into a new folder.
void back_up(const AdminOptions& options);
/// Makes a data folder of such a copy. Fails: invalid_parameter when the folder has a database already.
void restore(const AdminOptions& options);

}  // namespace symbolon::app
