#include "app/bootstrap/extensions.hpp"

#include "base/shape/codec.hpp"
#include "directory/clients.hpp"
#include "directory/key_rotation.hpp"
#include "directory/pools.hpp"
#include "directory/signing_keys.hpp"

namespace symbolon::app {

Task<void> extend_new_pool(db::Database& db, PoolId pool, boost::json::object extensions) {
    const auto wanted = decode<directory::PoolExtensions>(extensions);
    directory::check_pool_extensions(wanted);
    const auto put = [&](db::Transaction& tx) {
        directory::Pools pools(tx);
        auto found = pools.get(pool);
        if (!encode(found.extensions).empty()) return;
        found.extensions = wanted;
        pools.save(found);
    };
    co_await db.write(put);
}

Task<void> choose_first_keys(db::Database& db, const crypto::Sealer& sealer, PoolId pool) {
    const auto find = [&](db::Transaction& tx) { return directory::Pools(tx).get(pool); };
    const auto made = co_await db.read(find);
    if (directory::signing_algorithm(made) == crypto::jose::Algorithm::rs256) co_return;  // those it has
    const auto keys = directory::make_keys(directory::signing_algorithm(made));
    const auto put = [&](db::Transaction& tx) {
        directory::SigningKeys(tx, sealer).replace_all(pool, keys, made.created);
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
