#pragma once

#include "app/admin/input.hpp"
#include "app/options.hpp"

namespace symbolon::app {

/// Writes a pool as JSON lines into a new file that only its owner may read.
void export_to_file(const AdminOptions& options);
/// Reads such a file; after an interruption it goes on where it was.
void import_from_file(const AdminOptions& options, Input& input);
/// Removes what an unfinished import of the pool has brought.
void discard_import(const AdminOptions& options);

}  // namespace symbolon::app
