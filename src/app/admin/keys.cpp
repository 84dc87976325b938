#include "app/admin/keys.hpp"

#include "app/admin/store.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/key_rotation.hpp"
#include "directory/pools.hpp"
#include "directory/signing_keys.hpp"

#include <iostream>
#include <string_view>

namespace symbolon::app {
namespace {

using directory::KeyUse;
using directory::SigningKeys;

std::string_view state_of(const SigningKeys::Stored& key, Instant now) {
    if (key.signs_from > now) return "next  ";
    if (may_sign(key, now)) return "signs ";
    return is_published(key, now) ? "former" : "gone  ";
}

/// New keys of the pool's algorithm, made before the transaction that stores them.
directory::NewKeys make_keys_for(Store& store, const PoolId& id) {
    const auto look = [&](db::Transaction& tx) { return directory::Pools(tx).get(id); };
    return directory::make_keys(signing_algorithm(run(store.db->read(look))));
}

}  // namespace

void list_keys(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    const PoolId pool(options.pool);
    const auto look = [&](db::Transaction& tx) {
        directory::Pools(tx).get(pool);
        return SigningKeys(tx, store.sealer).list(pool);
    };
    const Instant now = store.clock.now();
    for (const auto& key : run(store.db->read(look))) {
        std::cout << key.key.kid() << "  " << (key.use == KeyUse::id_token ? "id    " : "access") << "  "
                  << to_text(key.key.algorithm()) << "  " << state_of(key, now) << "  made " << to_iso8601(key.created);
        if (key.signs_from > now) std::cout << ", signs from " << to_iso8601(key.signs_from);
        if (key.retired) {
            std::cout << ", until " << to_iso8601(*key.retired) << ", published until "
                      << to_iso8601(*key.retired + directory::publication_after);
        }
        std::cout << "\n";
    }
    std::cout << std::flush;
}

void rotate_keys(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    const PoolId pool(options.pool);
    const auto keys = make_keys_for(store, pool);
    const Instant now = store.clock.now();
    const auto publish = [&](db::Transaction& tx) {
        directory::Pools(tx).get(pool);
        SigningKeys(tx, store.sealer).publish_next(pool, keys, now);
    };
    run(store.db->write(publish));
    std::cout << "The next keys of " << pool.str() << " are published. They sign from "
              << to_iso8601(now + directory::publication_lead) << " on." << std::endl;
}

void roll_keys(const AdminOptions& options) {
    if (!options.emergency) {
        throw Error(Errc::invalid_parameter,
                    "This ends every token of the pool and nobody is warned: say --emergency, or use rotate.");
    }
    check_data_folder(options);
    Store store(options);
    const PoolId pool(options.pool);
    const auto keys = make_keys_for(store, pool);
    const Instant now = store.clock.now();
    const auto replace = [&](db::Transaction& tx) {
        directory::Pools(tx).get(pool);
        SigningKeys(tx, store.sealer).replace_all(pool, keys, now);
    };
    run(store.db->write(replace));
    std::cout << "The keys of " << pool.str()
              << " are replaced. What the former ones signed is refused on every server\n"
              << "within two seconds; who checks tokens alone has to read the list of keys again." << std::endl;
}

}  // namespace symbolon::app
