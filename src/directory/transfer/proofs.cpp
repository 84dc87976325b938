#include "directory/transfer/proofs.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "directory/devices.hpp"
#include "directory/password_history.hpp"
#include "directory/software_tokens.hpp"
#include "directory/srp_verifiers.hpp"
#include "directory/web_authn_credentials.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

constexpr std::string_view users_with_app = R"sql(
    SELECT user_id FROM software_tokens
     WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3 AND state = 'verified'
)sql";

constexpr std::string_view users_with_verifier = R"sql(
    SELECT user_id FROM srp_verifiers WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
)sql";

constexpr std::string_view users_with_passkey = R"sql(
    SELECT DISTINCT user_id FROM web_authn_credentials WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
)sql";

constexpr std::string_view users_with_device = R"sql(
    SELECT DISTINCT user_id FROM devices WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
)sql";

constexpr std::string_view former_passwords = R"sql(
    SELECT user_id, password_hash FROM password_history
     WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
     ORDER BY user_id, user_version DESC
)sql";

constexpr std::array<std::string_view, 5> remove_rows{
    R"sql(DELETE FROM srp_verifiers WHERE pool_id = $1 AND user_id IN
          (SELECT user_id FROM srp_verifiers WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM software_tokens WHERE pool_id = $1 AND (user_id, state) IN
          (SELECT user_id, state FROM software_tokens WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM web_authn_credentials WHERE pool_id = $1 AND (user_id, credential_id) IN
          (SELECT user_id, credential_id FROM web_authn_credentials WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM password_history WHERE pool_id = $1 AND (user_id, user_version) IN
          (SELECT user_id, user_version FROM password_history WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM devices WHERE pool_id = $1 AND (user_id, device_key) IN
          (SELECT user_id, device_key FROM devices WHERE pool_id = $1 LIMIT $2))sql",
};

struct UserIdRow {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(UserIdRow, (), (user_id))

struct HashOfUserRow {
    UserId user_id;
    std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(HashOfUserRow, (), (user_id, password_hash))

PasskeyRecord to_record(const WebAuthnCredential& passkey) {
    return {to_base64(passkey.id), passkey.friendly_name,         passkey.relying_party_id, passkey.attachment,
            passkey.transports,    to_base64(passkey.public_key), passkey.sign_count,       to_ms(passkey.created)};
}

Bytes bytes_in(const std::string& base64) {
    auto bytes = parse_base64(base64);
    if (!bytes) throw Error(Errc::invalid_parameter, "A proof of a user of the file is not base64.");
    return std::move(*bytes);
}

/// Fails: invalid_parameter.
crypto::srp::Verifier to_verifier(const SrpRecord& record) {
    constexpr std::size_t longest_salt = 255;
    auto salt = bytes_in(record.salt);
    const auto value = bytes_in(record.verifier);
    if (salt.empty() || salt.size() > longest_salt || value.empty() || value.size() > crypto::srp::number_size)
        throw Error(Errc::invalid_parameter, "What SRP checks a password of the file by is none.");
    return {std::move(salt), crypto::srp::VerifierValue(text_of(value))};
}

WebAuthnCredential to_credential(const PoolId& pool, const UserId& user, const PasskeyRecord& record) {
    return {.pool_id = pool,
            .user_id = user,
            .id = bytes_in(record.id),
            .friendly_name = record.friendly_name,
            .relying_party_id = record.relying_party_id,
            .attachment = record.attachment,
            .transports = record.transports,
            .public_key = bytes_in(record.public_key),
            .sign_count = static_cast<std::uint32_t>(record.sign_count),
            .created = from_ms(record.created_ms)};
}

DeviceRecord to_record(const Device& device) {
    return {device.key,
            device.group_key,
            device.name,
            to_base64(device.verifier.salt),
            to_base64(bytes_of(device.verifier.value.reveal())),
            device.remembered,
            device.last_address,
            to_ms(device.created),
            to_ms(device.modified),
            to_ms(device.authenticated)};
}

Device to_device(const PoolId& pool, const UserId& user, const DeviceRecord& record) {
    const auto value = bytes_in(record.verifier);
    return {.pool_id = pool,
            .user_id = user,
            .key = record.key,
            .group_key = record.group_key,
            .name = record.name,
            .verifier = {bytes_in(record.salt), crypto::srp::VerifierValue(text_of(value))},
            .remembered = record.remembered,
            .last_address = record.last_address,
            .created = from_ms(record.created_ms),
            .modified = from_ms(record.modified_ms),
            .authenticated = from_ms(record.authenticated_ms)};
}

}  // namespace

std::map<UserId, UserProofs> read_proofs(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& pool,
                                         const std::string& after, const std::vector<User>& users) {
    std::map<UserId, UserProofs> all;
    if (users.empty()) return all;
    const UserId& last = users.back().id;
    for (const UserIdRow& row : tx.rows<UserIdRow>(users_with_verifier, pool, after, last)) {
        const auto user = std::ranges::lower_bound(users, row.user_id, {}, &User::id);
        if (user == users.end() || user->id != row.user_id) continue;
        if (const auto verifier = SrpVerifiers(tx, sealer).find(*user))
            all[row.user_id].srp = {to_base64(verifier->salt), to_base64(bytes_of(verifier->value.reveal()))};
    }
    SoftwareTokens apps(tx, sealer);
    for (const UserIdRow& row : tx.rows<UserIdRow>(users_with_app, pool, after, last)) {
        if (const auto app = apps.find(pool, row.user_id))
            all[row.user_id].app = {to_base64(bytes_of(app->secret.reveal())), app->friendly_name, app->last_step};
    }
    for (const UserIdRow& row : tx.rows<UserIdRow>(users_with_passkey, pool, after, last)) {
        auto& records = all[row.user_id].passkeys.emplace();
        for (const auto& passkey : WebAuthnCredentials(tx).of_user(pool, row.user_id))
            records.push_back(to_record(passkey));
    }
    for (const UserIdRow& row : tx.rows<UserIdRow>(users_with_device, pool, after, last)) {
        auto& records = all[row.user_id].devices.emplace();
        const auto most = static_cast<int>(Devices::most_of_a_user);
        for (const Device& device : Devices(tx, sealer).list(pool, row.user_id, {}, most))
            records.push_back(to_record(device));
    }
    for (HashOfUserRow& row : tx.rows<HashOfUserRow>(former_passwords, pool, after, last)) {
        auto& hashes = all[row.user_id].former_passwords;
        if (!hashes) hashes.emplace();
        hashes->push_back(std::move(row.password_hash));
    }
    return all;
}

void store_proofs(db::Transaction& tx, const crypto::Sealer& sealer, const User& user, const UserProofs& proofs) {
    const PoolId& pool = user.pool_id;
    if (proofs.srp) SrpVerifiers(tx, sealer).save(user, to_verifier(*proofs.srp));
    if (proofs.app) {
        const SoftwareTokenSecret secret(text_of(bytes_in(proofs.app->secret)));
        SoftwareTokens(tx, sealer)
            .restore(pool, user.id, {secret.clone(), proofs.app->friendly_name, proofs.app->last_step});
    }
    if (proofs.passkeys) {
        for (const PasskeyRecord& record : *proofs.passkeys)
            if (!WebAuthnCredentials(tx).create(to_credential(pool, user.id, record)))
                throw Error(Errc::invalid_parameter, "Two users of the file have the same passkey.");
    }
    if (proofs.devices) {
        for (const DeviceRecord& record : *proofs.devices) Devices(tx, sealer).create(to_device(pool, user.id, record));
    }
    if (proofs.former_passwords) PasswordHistory(tx).restore(pool, user.id, *proofs.former_passwords);
}

std::int64_t remove_proofs(db::Transaction& tx, const PoolId& pool, int limit) {
    std::int64_t most = 0;
    for (const std::string_view statement : remove_rows) most = std::max(most, tx.execute(statement, pool, limit));
    return most;
}

}  // namespace symbolon::directory::transfer
