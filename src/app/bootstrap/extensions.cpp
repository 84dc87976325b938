#include "app/bootstrap/extensions.hpp"

#include "base/shape/codec.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"

namespace symbolon::app {

Task<void> extend_new_pool(db::Database& db, PoolId pool, boost::json::object extensions) {
    const auto wanted = decode<directory::PoolExtensions>(extensions);
    const auto put = [&](db::Transaction& tx) {
        directory::Pools pools(tx);
        auto found = pools.get(pool);
        if (!encode(found.extensions).empty()) return;
        found.extensions = wanted;
        pools.save(found);
    };
    co_await db.write(put);
}

Task<void> extend_new_client(db::Database& db, const crypto::Sealer& sealer, PoolId pool, ClientId client,
                             boost::json::object extensions) {
    const auto wanted = decode<directory::ClientExtensions>(extensions);
    const auto put = [&](db::Transaction& tx) {
        directory::check_client_extensions(directory::Pools(tx).get(pool), wanted);
        directory::Clients clients(tx, sealer);
        auto found = clients.get(pool, client);
        if (!encode(found.extensions).empty()) return;
        found.extensions = wanted;
        clients.save(found);
    };
    co_await db.write(put);
}

}  // namespace symbolon::app
