#include "directory/devices.hpp"

#include "base/error.hpp"

#include <boost/describe/class.hpp>

#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view purpose = "device_verifier";

constexpr std::string_view find_device = R"sql(
    SELECT device_key, group_key, name, salt, sealed_verifier, remembered, last_address, created_ms, modified_ms,
           authenticated_ms
      FROM devices
     WHERE pool_id = $1 AND user_id = $2 AND device_key = $3
)sql";

constexpr std::string_view list_devices = R"sql(
    SELECT device_key, group_key, name, salt, sealed_verifier, remembered, last_address, created_ms, modified_ms,
           authenticated_ms
      FROM devices
     WHERE pool_id = $1 AND user_id = $2 AND device_key > $3
     ORDER BY device_key
     LIMIT $4
)sql";

constexpr std::string_view count_devices = R"sql(
    SELECT COUNT(*) AS found FROM devices WHERE pool_id = $1 AND user_id = $2
)sql";

constexpr std::string_view insert_device = R"sql(
    INSERT INTO devices (pool_id, user_id, device_key, group_key, name, salt, sealed_verifier, remembered, last_address,
                         created_ms, modified_ms, authenticated_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_remembered = R"sql(
    UPDATE devices SET remembered = $4, modified_ms = $5 WHERE pool_id = $1 AND user_id = $2 AND device_key = $3
)sql";

constexpr std::string_view update_sign_in = R"sql(
    UPDATE devices SET last_address = $4, authenticated_ms = $5
     WHERE pool_id = $1 AND user_id = $2 AND device_key = $3
)sql";

constexpr std::string_view delete_device = R"sql(
    DELETE FROM devices WHERE pool_id = $1 AND user_id = $2 AND device_key = $3
)sql";

constexpr std::string_view delete_least_used = R"sql(
    DELETE FROM devices
     WHERE pool_id = $1 AND user_id = $2
       AND device_key IN (SELECT device_key FROM devices
                           WHERE pool_id = $1 AND user_id = $2 AND device_key <> $3
                           ORDER BY authenticated_ms, device_key LIMIT $4)
)sql";

struct DeviceRow {
    std::string device_key;
    std::string group_key;
    std::string name;
    Bytes salt;
    Bytes sealed_verifier;
    bool remembered = false;
    std::string last_address;
    Instant created_ms{};
    Instant modified_ms{};
    Instant authenticated_ms{};
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (),
                      (device_key, group_key, name, salt, sealed_verifier, remembered, last_address, created_ms,
                       modified_ms, authenticated_ms))

struct CountRow {
    std::int64_t found = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (found))

/// Keys and ids hold no '|'.
std::string context_of(const PoolId& pool, const UserId& user, const std::string& key) {
    return "devices|verifier|" + pool.str() + "|" + user.str() + "|" + key;
}

Device to_device(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user, DeviceRow row) {
    const auto verifier = sealer.open(purpose, context_of(pool, user, row.device_key), row.sealed_verifier);
    if (!verifier) throw Error(Errc::internal, {}, "devices: a verifier cannot be opened");
    return {.pool_id = pool,
            .user_id = user,
            .key = std::move(row.device_key),
            .group_key = std::move(row.group_key),
            .name = std::move(row.name),
            .verifier = {std::move(row.salt), crypto::srp::VerifierValue(text_of(*verifier))},
            .remembered = row.remembered,
            .last_address = std::move(row.last_address),
            .created = row.created_ms,
            .modified = row.modified_ms,
            .authenticated = row.authenticated_ms};
}

[[noreturn]] void throw_unknown() {
    throw Error(Errc::resource_not_found, "Device does not exist.");
}

}  // namespace

std::optional<Device> Devices::find(const PoolId& pool, const UserId& user, const std::string& key) {
    auto row = tx_.row<DeviceRow>(find_device, pool, user, key);
    if (!row) return std::nullopt;
    return to_device(sealer_, pool, user, std::move(*row));
}

Device Devices::get(const PoolId& pool, const UserId& user, const std::string& key) {
    auto device = find(pool, user, key);
    if (!device) throw_unknown();
    return std::move(*device);
}

std::vector<Device> Devices::list(const PoolId& pool, const UserId& user, const std::string& after, int limit) {
    std::vector<Device> devices;
    for (DeviceRow& row : tx_.rows<DeviceRow>(list_devices, pool, user, after, limit))
        devices.push_back(to_device(sealer_, pool, user, std::move(row)));
    return devices;
}

void Devices::create(const Device& device) {
    const Bytes sealed = sealer_.seal(purpose, context_of(device.pool_id, device.user_id, device.key),
                                      bytes_of(device.verifier.value.reveal()));
    const auto inserted = tx_.execute(insert_device, device.pool_id, device.user_id, device.key, device.group_key,
                                      device.name, device.verifier.salt, sealed, device.remembered, device.last_address,
                                      device.created, device.modified, device.authenticated);
    if (inserted != 1) throw Error(Errc::device_key_exists, "Device already exists.");
    const auto count = tx_.row<CountRow>(count_devices, device.pool_id, device.user_id)->found;
    const auto too_many = count - static_cast<std::int64_t>(most_of_a_user);
    if (too_many > 0) tx_.execute(delete_least_used, device.pool_id, device.user_id, device.key, too_many);
}

void Devices::set_remembered(const PoolId& pool, const UserId& user, const std::string& key, bool remembered,
                             Instant now) {
    if (tx_.execute(update_remembered, pool, user, key, remembered, now) != 1) throw_unknown();
}

void Devices::note_sign_in(const PoolId& pool, const UserId& user, const std::string& key, const std::string& address,
                           Instant now) {
    tx_.execute(update_sign_in, pool, user, key, address, now);
}

void Devices::erase(const PoolId& pool, const UserId& user, const std::string& key) {
    if (tx_.execute(delete_device, pool, user, key) != 1) throw_unknown();
}

}  // namespace symbolon::directory
