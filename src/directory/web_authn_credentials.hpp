#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// A passkey. Spec: cognito-api.md §3.12, A.1 (WebAuthnCredentialDescription).
struct WebAuthnCredential {
    PoolId pool_id;
    UserId user_id;
    Bytes id;  ///< unique within the pool
    std::string friendly_name = {};
    std::string relying_party_id = {};
    std::string attachment = {};               ///< platform | cross-platform; "" when the browser did not say
    std::vector<std::string> transports = {};  ///< usb, nfc, ble, internal, hybrid, …
    Bytes public_key = {};                     ///< COSE_Key
    std::uint32_t sign_count = 0;
    Instant created{};
};

class WebAuthnCredentials {
public:
    static constexpr std::size_t most_of_a_user = 20;

    explicit WebAuthnCredentials(db::Transaction& tx) : tx_(tx) {}

    std::optional<WebAuthnCredential> find(const PoolId& pool, const UserId& user, ByteView id);
    /// All of a user, the oldest first.
    std::vector<WebAuthnCredential> of_user(const PoolId& pool, const UserId& user);
    bool has_any(const PoolId& pool, const UserId& user);

    /// False when the pool has a credential of this id, of whomever. Fails: limit_exceeded (too many of the user).
    [[nodiscard]] bool create(const WebAuthnCredential& credential);
    /// Moves the counter from the one that a signature was checked against; false when another sign-in moved it
    /// meanwhile.
    [[nodiscard]] bool move_sign_count(const WebAuthnCredential& credential, std::uint32_t sign_count);
    /// False when there is none.
    [[nodiscard]] bool erase(const PoolId& pool, const UserId& user, ByteView id);

private:
    db::Transaction& tx_;
};

/// Challenges of registrations that have begun: one a user, the latest; good once.
class WebAuthnChallenges {
public:
    explicit WebAuthnChallenges(db::Transaction& tx) : tx_(tx) {}

    void save(const PoolId& pool, const UserId& user, const ClientId& client, ByteView challenge, Instant expires);

    struct Challenge {
        ClientId client;  ///< that began the registration
        Bytes challenge;
    };
    /// The live one; it stays.
    std::optional<Challenge> find(const PoolId& pool, const UserId& user, Instant now);
    /// Uses it up: true for the first caller. Another one that was saved meanwhile stays.
    [[nodiscard]] bool spend(const PoolId& pool, const UserId& user, const Challenge& challenge);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
