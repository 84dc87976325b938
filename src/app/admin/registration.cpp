#include "app/admin/registration.hpp"

#include "app/admin/store.hpp"
#include "base/run.hpp"
#include "directory/pools.hpp"
#include "oauth/registration_tokens.hpp"

#include <chrono>
#include <iostream>

namespace symbolon::app {

void print_registration_token(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    const PoolId pool(options.pool);
    const auto look = [&](db::Transaction& tx) { directory::Pools(tx).get(pool); };  // no mistyped id
    run(store.db->read(look));
    const auto expires = store.clock.now() + std::chrono::days(options.days);
    const auto registrations = options.many ? oauth::Registrations::many : oauth::Registrations::one;
    std::cout << oauth::make_initial_access_token(store.sealer, store.random, pool, expires, registrations)
              << std::endl;
}

}  // namespace symbolon::app
