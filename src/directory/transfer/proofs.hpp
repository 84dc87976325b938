#pragma once

#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What a user proves itself with beside the password, as parts of the user's line (records.hpp).
namespace symbolon::directory::transfer {

/// An authenticator app.
struct AppRecord {
    std::string secret;  ///< base64
    std::string friendly_name;
    std::int64_t last_step = -1;
};
BOOST_DESCRIBE_STRUCT(AppRecord, (), (secret, friendly_name, last_step))

struct PasskeyRecord {
    std::string id;  ///< base64
    std::string friendly_name;
    std::string relying_party_id;
    std::string attachment;
    std::vector<std::string> transports;
    std::string public_key;  ///< base64
    std::int64_t sign_count = 0;
    std::int64_t created_ms = 0;
};
BOOST_DESCRIBE_STRUCT(PasskeyRecord, (),
                      (id, friendly_name, relying_party_id, attachment, transports, public_key, sign_count, created_ms))

/// A device that the user confirmed.
struct DeviceRecord {
    std::string key;
    std::string group_key;
    std::string name;
    std::string salt;      ///< base64
    std::string verifier;  ///< base64
    bool remembered = false;
    std::string last_address;
    std::int64_t created_ms = 0;
    std::int64_t modified_ms = 0;
    std::int64_t authenticated_ms = 0;
};
BOOST_DESCRIBE_STRUCT(DeviceRecord, (),
                      (key, group_key, name, salt, verifier, remembered, last_address, created_ms, modified_ms,
                       authenticated_ms))

/// What SRP checks the password by whose hash the user has.
struct SrpRecord {
    std::string salt;      ///< base64
    std::string verifier;  ///< base64
};
BOOST_DESCRIBE_STRUCT(SrpRecord, (), (salt, verifier))

struct UserProofs {
    std::optional<SrpRecord> srp;
    std::optional<AppRecord> app;
    std::optional<std::vector<PasskeyRecord>> passkeys;
    std::optional<std::vector<std::string>> former_passwords;  ///< hashes, the newest first
    std::optional<std::vector<DeviceRecord>> devices;
};
BOOST_DESCRIBE_STRUCT(UserProofs, (), (srp, app, passkeys, former_passwords, devices))

/// Of these users, who are those of the pool after `after`, in order of the sub. Users without any are left out.
std::map<UserId, UserProofs> read_proofs(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& pool,
                                         const std::string& after, const std::vector<User>& users);
/// Stores what a user who was just inserted has. Fails: invalid_parameter (not base64, a passkey that another user
/// has).
void store_proofs(db::Transaction& tx, const crypto::Sealer& sealer, const User& user, const UserProofs& proofs);
/// Removes up to `limit` rows of each kind, of a pool that is not there. Returns the most of one kind.
std::int64_t remove_proofs(db::Transaction& tx, const PoolId& pool, int limit);

}  // namespace symbolon::directory::transfer
