#include "directory/free_ids.hpp"

#include "base/error.hpp"
#include "directory/clients.hpp"
#include "directory/deleted_pools.hpp"
#include "directory/pools.hpp"
#include "directory/transfer/progress_rows.hpp"

namespace symbolon::directory {

void check_pool_id_is_free(db::Transaction& tx, const PoolId& id) {
    if (Pools(tx).find(id)) throw Error(Errc::invalid_parameter, "User pool " + id.str() + " already exists.");
    if (DeletedPools(tx).contains(id)) {
        throw Error(Errc::invalid_parameter,
                    "The users of the former user pool " + id.str() + " are still being removed. Try again later.");
    }
    if (transfer::ImportProgress(tx).find(id)) {
        throw Error(Errc::invalid_parameter, "User pool " + id.str() + " is being imported.");
    }
}

void check_client_id_is_free(db::Transaction& tx, const crypto::Sealer& sealer, const ClientId& id) {
    if (Clients(tx, sealer).find(id)) {
        throw Error(Errc::invalid_parameter, "User pool client " + id.str() + " already exists.");
    }
}

}  // namespace symbolon::directory
