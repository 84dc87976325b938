#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/task.hpp"
#include "crypto/seal.hpp"
#include "crypto/work_pool.hpp"
#include "db/transaction.hpp"
#include "directory/claim.hpp"
#include "directory/pools.hpp"
#include "directory/signing_keys.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

/// The keys of pools are replaced from time to time, without anybody noticing: the next ones are published, sign an
/// hour later, and the former ones stay published until the last token that they signed is over.
namespace symbolon::directory {

/// How old keys become; 0: they are never replaced. A pool may say otherwise (pool_extensions.hpp).
struct KeyRotation {
    std::chrono::days after{0};
};

/// The algorithm of the keys that are made for a pool from now on.
crypto::jose::Algorithm signing_algorithm(const Pool& pool);

/// Whether there is something for do_rotation_step(): keys of a pool that are old enough or of another algorithm than
/// the pool's, or keys that are not published any more.
bool any_rotation_due(db::Transaction& tx, Instant now, KeyRotation rotation);

/// What a step works with.
struct KeyMaker {
    db::Database& db;
    const crypto::Sealer& sealer;
    crypto::WorkPool& workers;
    KeyRotation rotation;
};

/// Gives one pool its next keys, or removes up to `limit` that are not published any more. Returns `limit` while there
/// may be more.
Task<std::int64_t> do_rotation_step(KeyMaker maker, Claim& claim, Instant now, int limit);

}  // namespace symbolon::directory
