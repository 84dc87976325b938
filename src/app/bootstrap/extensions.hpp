#pragma once

#include "base/id.hpp"
#include "base/task.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"

#include <boost/json/object.hpp>

namespace symbolon::app {

/// What pools and clients are set to beyond the API's requests: put where there is none yet, so that a start that was
/// interrupted before is finished. `extensions` is a JSON object in their shape. Fails: invalid_parameter,
/// invalid_json.
Task<void> extend_new_pool(db::Database& db, PoolId pool, boost::json::object extensions);
/// The first keys of a pool that was just made, of the algorithm that its extensions choose: nothing is signed yet by
/// those that they take the place of.
Task<void> choose_first_keys(db::Database& db, const crypto::Sealer& sealer, PoolId pool);
Task<void> extend_new_client(db::Database& db, const crypto::Sealer& sealer, PoolId pool, ClientId client,
                             boost::json::object extensions);

}  // namespace symbolon::app
