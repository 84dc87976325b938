#pragma once

#include "aws/door.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"

#include <string>

namespace symbolon::app {

/// `serve --bootstrap FILE`: makes what the file says and is not there, by the API's own operations; what is there
/// stays as it is. Of several servers on one database one does it, the others wait for it. Blocks the calling thread.
/// Fails: Error, whose message begins with the file and the place in it.
void bootstrap(const std::string& file, aws::Door& door, db::Database& db, const directory::Claimant& claimant);

}  // namespace symbolon::app
