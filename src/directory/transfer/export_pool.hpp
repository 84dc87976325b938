#pragma once

#include "base/id.hpp"
#include "base/task.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/transfer/lines.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace symbolon::directory::transfer {

/// Called now and then with how many there are so far, of what ("users").
using Progress = std::function<void(std::int64_t count, std::string_view of_what)>;

/// Hands out the lines of a pool and returns how many users it has. The pool may be in use: every user is one whole
/// state of that user; one who signs up or goes away meanwhile may be in or not.
/// Fails: resource_not_found, unavailable, and what `take` throws.
Task<std::int64_t> export_pool(db::Database& db, const crypto::Sealer& sealer, PoolId pool, TakeLine take,
                               Progress progress);

}  // namespace symbolon::directory::transfer
