#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <cstdint>

namespace symbolon::directory {

/// Whether there is a row for remove_expired().
bool any_expired(db::Transaction& tx, Instant now);

/// Removes rows whose time has passed (one-time codes, spent proofs, attempts, browser sessions, authorization codes,
/// grants, claims): at most `limit` of each table, so that a step holds the writer for a moment only. Returns how many;
/// call again while that is not less than `limit`.
std::int64_t remove_expired(db::Transaction& tx, Instant now, int limit);

}  // namespace symbolon::directory
