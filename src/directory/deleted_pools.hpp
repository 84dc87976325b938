#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <cstdint>

namespace symbolon::directory {

/// What is left of pools that Pools::erase has deleted: their users, names, codes, sessions, grants, messages,
/// counters. Nobody finds them any more, since the pool is gone.
class DeletedPools {
public:
    explicit DeletedPools(db::Transaction& tx) : tx_(tx) {}

    void add(const PoolId& pool);
    bool contains(const PoolId& pool);

private:
    db::Transaction& tx_;
};

/// Whether there is something for remove_deleted().
bool any_deleted(db::Transaction& tx, Instant now);
/// Removes rows of one deleted pool, at most `limit` of each table, so that a step holds the writer for a moment only.
/// Returns how many; call again while that is not less than `limit`.
std::int64_t remove_deleted(db::Transaction& tx, Instant now, int limit);

}  // namespace symbolon::directory
