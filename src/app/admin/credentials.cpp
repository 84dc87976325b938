#include "app/admin/credentials.hpp"

#include "app/admin/store.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/access_keys.hpp"
#include "directory/pools.hpp"

#include <iomanip>
#include <iostream>

namespace symbolon::app {

namespace {

using directory::AccessKeys;
using directory::AccessPolicy;

template <class F>
void change(const AdminOptions& options, F closure) {
    check_data_folder(options);
    Store store(options);
    const auto work = [&](db::Transaction& tx) { closure(store, tx); };
    run(store.db->write(work));
}

}  // namespace

std::string create_credential(const AdminOptions& options) {
    const auto policy = AccessPolicy::parse(options.policy);
    if (!policy) throw Error(Errc::invalid_parameter, "--policy is full, read-only or pool:<pool id>.");
    check_data_folder(options);
    Store store(options);
    const auto key = directory::make_access_key(store.random, *policy, store.clock.now());
    const auto work = [&](db::Transaction& tx) {
        if (policy->kind == AccessPolicy::Kind::pool) directory::Pools(tx).get(policy->pool);  // no mistyped id
        AccessKeys(tx, store.sealer).create(key);
    };
    run(store.db->write(work));
    std::cout << "aws_access_key_id = " << key.id << "\naws_secret_access_key = " << key.secret.reveal() << std::endl;
    return key.id;
}

void list_credentials(const AdminOptions& options) {
    constexpr int page = 100;
    check_data_folder(options);
    Store store(options);
    std::string after;
    for (;;) {
        const auto work = [&](db::Transaction& tx) { return AccessKeys(tx, store.sealer).list(after, page); };
        const auto keys = run(store.db->read(work));
        for (const auto& key : keys) {
            std::cout << key.id << "  " << (key.enabled ? "enabled " : "disabled") << "  " << to_iso8601(key.created)
                      << "  " << key.policy.str() << "\n";
        }
        if (keys.size() < page) break;
        after = keys.back().id;
    }
    std::cout << std::flush;
}

void set_credential_enabled(const AdminOptions& options, bool enabled) {
    change(options,
           [&](Store& store, db::Transaction& tx) { AccessKeys(tx, store.sealer).set_enabled(options.key, enabled); });
    std::cout << options.key << " is " << (enabled ? "enabled" : "disabled") << "." << std::endl;
}

void delete_credential(const AdminOptions& options) {
    change(options, [&](Store& store, db::Transaction& tx) { AccessKeys(tx, store.sealer).erase(options.key); });
    std::cout << options.key << " is deleted." << std::endl;
}

}  // namespace symbolon::app
