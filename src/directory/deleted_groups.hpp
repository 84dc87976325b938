#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <cstdint>

namespace symbolon::directory {

/// Memberships that Groups::erase has left: nobody counts them any more, since the group is gone.

/// Whether there is something for remove_deleted_groups().
bool any_deleted_groups(db::Transaction& tx, Instant now);
/// Removes at most `limit` memberships of one deleted group, so that a step holds the writer for a moment only. Returns
/// how many; call again while that is not less than `limit`.
std::int64_t remove_deleted_groups(db::Transaction& tx, Instant now, int limit);

}  // namespace symbolon::directory
