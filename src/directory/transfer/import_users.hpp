#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/task.hpp"
#include "crypto/random.hpp"
#include "db/database.hpp"
#include "directory/transfer/csv.hpp"
#include "directory/transfer/export_pool.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace symbolon::directory::transfer {

inline constexpr std::int64_t max_csv_rows = 10'000'000;  ///< of a file

/// Takes what is said of a row that was not imported: its line, and why, without the row's values.
using TakeRefusal = std::function<void(std::size_t line, const std::string& reason)>;

struct UsersImported {
    std::int64_t imported = 0;
    std::int64_t present = 0;  ///< passed over: somebody has the user's name, as after an earlier run
    std::int64_t refused = 0;  ///< rows that break a rule
};

/// Brings the users of a CSV file (csv_users.hpp) into a pool that is there, which may be in use. Rows that break a
/// rule are refused and the others imported. Every few hundred users are one transaction; after an interruption the
/// same call goes on, since it passes over users who are there. Fails: resource_not_found (the pool), invalid_parameter
/// (the header; more rows than max_csv_rows), unavailable, and what `read` throws.
Task<UsersImported> import_users(db::Database& db, crypto::Random& random, PoolId pool, ReadSome read, Instant now,
                                 TakeRefusal refuse, Progress progress);

}  // namespace symbolon::directory::transfer
