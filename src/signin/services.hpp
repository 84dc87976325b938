#pragma once

#include "base/clock.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/catalog.hpp"
#include "messaging/outbox.hpp"
#include "signin/limits.hpp"
#include "triggers/triggers.hpp"

#include <string>

namespace symbolon::signin {

/// Where the outside finds this server.
struct PublicNames {
    std::string base_url;     ///< no trailing slash
    std::string domain_host;  ///< e.g. "{domain}.auth.example.com"; "" : domains are paths
};

/// What the use cases work with. Made by `app`, lives as long as the process.
struct Services {
    db::Database& db;
    directory::Catalog& catalog;
    const crypto::Sealer& sealer;
    crypto::PasswordHasher& hasher;
    crypto::Random& random;
    const Clock& clock;
    messaging::Outbox& outbox;
    triggers::Triggers& triggers;
    Limits limits = {};
    PublicNames names = {};
};

/// Who asks, as far as the door knows. `browser` binds intermediate proofs to one browser; the JSON API has none.
struct Caller {
    std::string address;                      ///< numeric client address, for limits
    std::string browser;                      ///< a random handle held in the browser's cookie; "" for the API
    triggers::Metadata metadata = {};         ///< the request's ClientMetadata, for hooks only
    triggers::Metadata validation_data = {};  ///< its ValidationData; of InitiateAuth, its ClientMetadata (§6.4)
    std::string device_key = {};              ///< DEVICE_KEY: the device that the client says it is on
};

}  // namespace symbolon::signin
