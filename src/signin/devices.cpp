#include "signin/devices.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace symbolon::signin {
namespace {

/// Half of a key is chance, half proves that we made it for this user. Both carry fixed bits, so that the whole is a
/// UUID of version 4.
constexpr std::size_t half = 8;
constexpr std::size_t group_key_length = 8;

std::string context_of(const directory::Pool& pool, const UserId& user) {
    return pool.id.str() + "|" + user.str();
}

std::string make_key(const crypto::Sealer& sealer, const directory::Pool& pool, const UserId& user, Bytes chance) {
    chance[6] = static_cast<std::uint8_t>((chance[6] & 0x0F) | 0x40);
    Bytes proof = sealer.keyed_hash("device_key", context_of(pool, user), to_hex(chance));
    proof.resize(half);
    proof[0] = static_cast<std::uint8_t>((proof[0] & 0x3F) | 0x80);
    const std::string hex = to_hex(chance) + to_hex(proof);
    const std::string region = pool.id.str().substr(0, pool.id.str().find('_'));
    std::string key = region + "_" + hex.substr(0, 8);
    for (const std::size_t at : {8U, 12U, 16U}) key += "-" + hex.substr(at, 4);
    return key + "-" + hex.substr(20);
}

std::string make_group_key(const crypto::Sealer& sealer, const directory::Pool& pool, const UserId& user,
                           std::string_view key) {
    const Bytes hash = sealer.keyed_hash("device_group_key", context_of(pool, user), key);
    return "-" + to_base64url(hash).substr(0, group_key_length);
}

bool was_offered(const crypto::Sealer& sealer, const directory::Pool& pool, const UserId& user, std::string_view key) {
    std::string hex(key.substr(std::min(key.size(), key.find('_') + 1)));
    std::erase(hex, '-');
    auto bytes = parse_hex(hex);
    if (!bytes || bytes->size() != 2 * half) return false;
    bytes->resize(half);
    return crypto::equal_in_constant_time(make_key(sealer, pool, user, std::move(*bytes)), key);
}

crypto::srp::Verifier read_verifier(const DeviceConfirmation& confirmation) {
    const auto salt = parse_base64(confirmation.salt);
    const auto value = parse_base64(confirmation.verifier);
    auto verifier = salt && value ? crypto::srp::parse_verifier(*salt, *value) : std::nullopt;
    if (!verifier)
        throw Error{Errc::invalid_parameter,
                    "Invalid DeviceSecretVerifierConfig: the salt or the verifier is invalid."};
    return std::move(*verifier);
}

}  // namespace

bool tracks_devices(const directory::Pool& pool) {
    return pool.settings.DeviceConfiguration.has_value();
}

void check_tracks_devices(const directory::Pool& pool) {
    if (!tracks_devices(pool))
        throw Error{Errc::invalid_pool_configuration, "Device tracking is not configured for the user pool."};
}

bool device_replaces_mfa(const directory::Pool& pool, const directory::Device& device) {
    return tracks_devices(pool) && device.remembered &&
           pool.settings.DeviceConfiguration->ChallengeRequiredOnNewDevice.value_or(false);
}

NewDevice offer_device(const crypto::Sealer& sealer, crypto::Random& random, const directory::Pool& pool,
                       const UserId& user) {
    NewDevice out;
    out.key = make_key(sealer, pool, user, random.bytes(half));
    out.group_key = make_group_key(sealer, pool, user, out.key);
    return out;
}

bool confirm_device(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Pool& pool, const UserId& user,
                    const DeviceConfirmation& confirmation, Instant now) {
    check_tracks_devices(pool);
    if (!was_offered(sealer, pool, user, confirmation.key))
        throw Error{Errc::resource_not_found, "Device does not exist."};
    const bool ask = pool.settings.DeviceConfiguration->DeviceOnlyRememberedOnUserPrompt.value_or(false);
    directory::Devices(tx, sealer)
        .create({.pool_id = pool.id,
                 .user_id = user,
                 .key = confirmation.key,
                 .group_key = make_group_key(sealer, pool, user, confirmation.key),
                 .name = confirmation.name,
                 .verifier = read_verifier(confirmation),
                 .remembered = !ask,
                 .last_address = confirmation.address,
                 .created = now,
                 .modified = now,
                 .authenticated = now});
    return ask;
}

}  // namespace symbolon::signin
