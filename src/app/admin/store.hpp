#pragma once

#include "app/options.hpp"
#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"

#include <memory>

namespace symbolon::app {

/// What a command needs of a server: its database, its master key and a name of its own. Fails: unavailable,
/// invalid_parameter (a wrong key).
struct Store {
    SystemClock clock;
    crypto::SystemRandom random;
    crypto::Sealer sealer;
    std::unique_ptr<db::Database> db;

    explicit Store(const AdminOptions& options);

    directory::Claimant claimant() { return {clock, directory::NodeId(random.uuid())}; }
};

/// For commands that need data: a mistyped folder must not become an empty server's. Fails: invalid_parameter.
void check_data_folder(const AdminOptions& options);

}  // namespace symbolon::app
