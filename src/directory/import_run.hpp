#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "crypto/random.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"

#include <cstdint>

namespace symbolon::directory {

/// Whether there is something for do_import_step().
bool any_import_due(db::Transaction& tx, Instant now);

/// Does the next part of the imports that are under way, one job after the other: up to `limit` rows of a file, or what
/// else there is to do (ending a job, removing what jobs left). The users of a part and how far the job has come are
/// one transaction: whichever process goes on, every row is counted once. Returns `limit` while there is more.
Task<std::int64_t> do_import_step(db::Database& db, crypto::Random& random, Claim& claim, Instant now, int limit);

}  // namespace symbolon::directory
