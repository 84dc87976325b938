#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <chrono>
#include <cstdint>

namespace symbolon::messaging {

/// How long messages that were sent or given up are kept, where they are kept at all.
inline constexpr std::chrono::days kept_for{30};

/// Whether there is a message for remove_old().
bool any_old(db::Transaction& tx, Instant now);

/// Removes messages that were kept long enough: at most `limit`, so that a step holds the writer for a moment only.
/// Returns how many; call again while that is not less than `limit`.
std::int64_t remove_old(db::Transaction& tx, Instant now, int limit);

}  // namespace symbolon::messaging
