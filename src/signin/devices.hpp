#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/devices.hpp"
#include "directory/pools.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Devices that users sign in on (cognito-api.md §3.10). How a device proves itself: Devices::find gives its verifier
/// and its identity() for crypto/srp.
namespace symbolon::signin {

/// NewDeviceMetadata: offered to a client at the end of a sign-in from a device that is not known.
struct NewDevice {
    std::string key;        ///< `<region>_<uuid>`
    std::string group_key;  ///< opaque
};

/// Whether the pool keeps track of devices.
bool tracks_devices(const directory::Pool& pool);
/// Whether a remembered device answers for the second factor.
bool device_replaces_mfa(const directory::Pool& pool, const directory::Device& device);

/// Nothing is stored: that a key was offered to this user is seen by the key itself, and the group key follows from it.
NewDevice offer_device(const crypto::Sealer& sealer, crypto::Random& random, const directory::Pool& pool,
                       const UserId& user);

/// ConfirmDevice, as it came.
struct DeviceConfirmation {
    std::string key;
    std::string name;            ///< "": none
    std::string salt, verifier;  ///< base64
    std::string address;         ///< numeric, of the client
};

/// Stores a device that was offered to the user. Returns whether the user is to be asked whether to remember it; it is
/// remembered if not. Fails: invalid_pool_configuration, resource_not_found (not offered to this user),
/// invalid_parameter (salt or verifier), device_key_exists.
bool confirm_device(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Pool& pool, const UserId& user,
                    const DeviceConfirmation& confirmation, Instant now);

/// Fails: invalid_pool_configuration when the pool does not track devices.
void check_tracks_devices(const directory::Pool& pool);

}  // namespace symbolon::signin
