#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/random.hpp"
#include "db/transaction.hpp"
#include "directory/transfer/csv.hpp"
#include "directory/transfer/csv_users.hpp"
#include "directory/users.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace symbolon::directory::transfer {

/// A row of a file on its way to be a user.
struct Candidate {
    std::size_t line = 0;
    User user = {};
    std::string refusal = {};  ///< why the row describes no user, without its values; "": it does
};

/// The user that a row describes, or why it describes none.
Candidate to_candidate(const CsvUsers& columns, CsvRow row, crypto::Random& random, Instant now);

/// Stores those who are not there yet. Returns for each the kind of name that somebody has; "" for who was stored and
/// for who is refused. Fails: resource_not_found (the pool).
std::vector<std::string> store_candidates(db::Transaction& tx, const PoolId& pool,
                                          const std::vector<Candidate>& candidates);

}  // namespace symbolon::directory::transfer
