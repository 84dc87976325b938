#pragma once

#include "aws/door.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"

#include <chrono>
#include <string>

namespace symbolon::app {

/// `serve --bootstrap FILE`: makes what the file says and is not there, by the API's own operations; what is there
/// stays as it is. Of several servers on one database one does it, the others wait for it. Blocks the calling thread.
/// Fails: Error, whose message begins with the file and the place in it; unavailable, when another server has been at
/// it for longer than that.
void bootstrap(const std::string& file, aws::Door& door, db::Database& db, const crypto::Sealer& sealer,
               const directory::Claimant& claimant, std::chrono::seconds longest_wait = std::chrono::minutes(5));

}  // namespace symbolon::app
