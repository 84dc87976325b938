#pragma once

#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

namespace symbolon::directory {

/// For ids that are chosen, not made by chance. Fails: invalid_parameter, a pool of that id is there, is being
/// imported, or was deleted and its users are still being removed: they would be found in the new one.
void check_pool_id_is_free(db::Transaction& tx, const PoolId& id);
/// Fails: invalid_parameter, a client of that id is there, in whichever pool.
void check_client_id_is_free(db::Transaction& tx, const crypto::Sealer& sealer, const ClientId& id);

}  // namespace symbolon::directory
