#pragma once

#include "base/clock.hpp"
#include "crypto/compromised_passwords.hpp"
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
    const crypto::CompromisedPasswords* compromised = nullptr;  ///< null: the commonest ones alone
    bool delivers_logs = false;                                 ///< this process takes pools' logs to where they go
};

/// Who asks, as far as the door knows. `browser` binds intermediate proofs to one browser; the JSON API has none.
struct Caller {
    std::string address;                      ///< numeric client address, for limits
    std::string browser;                      ///< a random handle held in the browser's cookie; "" for the API
    triggers::Metadata metadata = {};         ///< the request's ClientMetadata, for hooks only
    triggers::Metadata validation_data = {};  ///< its ValidationData; of InitiateAuth, its ClientMetadata (§6.4)
    std::string device_key = {};              ///< DEVICE_KEY: the device that the client says it is on
    std::string user_agent = {};
    std::string fingerprint = {};     ///< EncodedData, as clients' libraries collect it (risk/origin.hpp)
    std::string told_address = {};    ///< UserContextData.IpAddress: counts of clients that may say so alone
    std::string request_id = {};      ///< for logs
    bool speaks_for_another = false;  ///< an administrator's server, which says nothing of the person who asks it
};

/// The address that counts: what the client says of its user, where it is believed. Fails: invalid_parameter.
Caller as_told(const directory::Client& client, Caller caller);

}  // namespace symbolon::signin
