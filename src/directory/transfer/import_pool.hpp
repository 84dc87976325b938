#pragma once

#include "base/id.hpp"
#include "base/task.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"
#include "directory/transfer/export_pool.hpp"
#include "directory/transfer/lines.hpp"

#include <cstdint>

namespace symbolon::directory::transfer {

struct Imported {
    PoolId pool;
    std::int64_t users = 0;
    std::int64_t resumed_after = 0;  ///< users that an earlier, interrupted run had brought
};

/// Reads the lines of an export into this database. The pool appears, with everything in it, when the last line was
/// read and count and digest are right; until then nobody sees it. Interrupted, it is gone on with by the same call
/// with the same lines: what was there is not read into the database again. One process at a time imports a pool; when
/// it dies, another goes on after Claim::lease. Fails: invalid_parameter (a line that is none, a file that was changed,
/// cut or is not the one that was begun; a pool, client or domain that is there already), concurrent_modification
/// (another process imports this pool), unavailable.
Task<Imported> import_pool(db::Database& db, const crypto::Sealer& sealer, Claimant claimant, NextLine next,
                           Progress progress);

/// Removes what an unfinished import has brought. Returns false when there is none. Fails: concurrent_modification
/// (another process imports this pool).
Task<bool> discard_import(db::Database& db, Claimant claimant, PoolId pool);

}  // namespace symbolon::directory::transfer
