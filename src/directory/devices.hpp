#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "crypto/srp.hpp"
#include "db/transaction.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

/// A device that a user confirmed. Spec: cognito-api.md §3.10.
struct Device {
    PoolId pool_id;
    UserId user_id;
    std::string key;
    std::string group_key;
    std::string name;                ///< "" when it was given none
    crypto::srp::Verifier verifier;  ///< of the device's own password
    bool remembered = false;
    std::string last_address;  ///< "" when unknown
    Instant created{};
    Instant modified{};
    Instant authenticated{};  ///< the last sign-in on it

    /// What it proves its password as.
    crypto::srp::Identity identity() const { return {group_key, key}; }
};

/// The devices of users. Verifiers are sealed for their row.
class Devices {
public:
    /// More are not refused, since clients of a forgetful browser confirm one at each sign-in: the one that was not
    /// used for the longest time is forgotten.
    static constexpr std::size_t most_of_a_user = 1000;

    Devices(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    std::optional<Device> find(const PoolId& pool, const UserId& user, const std::string& key);
    /// Fails: resource_not_found "Device does not exist."
    Device get(const PoolId& pool, const UserId& user, const std::string& key);
    /// In order of key, after the given one ("" : from the start).
    std::vector<Device> list(const PoolId& pool, const UserId& user, const std::string& after, int limit);

    /// Fails: device_key_exists.
    void create(const Device& device);
    /// Fails: resource_not_found.
    void set_remembered(const PoolId& pool, const UserId& user, const std::string& key, bool remembered, Instant now);
    /// Notes a sign-in on the device; nothing happens when it is gone.
    void note_sign_in(const PoolId& pool, const UserId& user, const std::string& key, const std::string& address,
                      Instant now);
    /// Fails: resource_not_found.
    void erase(const PoolId& pool, const UserId& user, const std::string& key);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
