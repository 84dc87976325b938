#pragma once

#include "base/clock.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/catalog.hpp"
#include "messaging/outbox.hpp"
#include "signin/limits.hpp"

#include <string>

namespace symbolon::signin {

/// What the use cases work with. Made by `app`, lives as long as the process.
struct Services {
    db::Database& db;
    directory::Catalog& catalog;
    const crypto::Sealer& sealer;
    crypto::PasswordHasher& hasher;
    crypto::Random& random;
    const Clock& clock;
    messaging::Outbox& outbox;
    Limits limits = {};
};

/// Who asks, as far as the door knows. `browser` binds intermediate proofs to one browser; the JSON API has none.
struct Caller {
    std::string address;  ///< numeric client address, for limits
    std::string browser;  ///< a random handle held in the browser's cookie; "" for the API
};

}  // namespace symbolon::signin
