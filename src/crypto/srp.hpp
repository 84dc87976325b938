#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The server's side of the SRP-6a variant of user pools: the 3072-bit group of RFC 3526 with g = 2, SHA-256, integers
/// hashed in the shortest two's complement, and a key for an HMAC instead of SRP's own proof. Numbers are unsigned
/// big-endian bytes. A call costs about a millisecond at most, with chance-dependent exponents in constant time.
/// Spec: cognito-api.md §3.4, §3.10, Appendix D. Threads: any.
namespace symbolon::crypto::srp {

/// Whose secret it is, as it is hashed.
struct Identity {
    std::string group;  ///< pool_name() of a user's pool; a device's group key
    std::string name;   ///< USER_ID_FOR_SRP; a device's key
};

/// The part of a pool's id after the first underscore: Identity::group of its users.
std::string pool_name(std::string_view pool_id);

using VerifierValue = Secret<struct SrpVerifierTag>;     ///< v: a stolen one can be guessed at
using ServerSecret = Secret<struct SrpServerSecretTag>;  ///< b

/// What is kept of a secret, instead of it.
struct Verifier {
    Bytes salt;  ///< without leading zero bytes
    VerifierValue value;

    Verifier clone() const { return {salt, value.clone()}; }
};

inline constexpr std::size_t number_size = 384;  ///< bytes of the group's numbers, at most
inline constexpr std::size_t salt_size = 16;

/// A verifier of a password, with a fresh salt. It is bound to the identity: another pool or user name needs another.
Verifier make_verifier(const Identity& identity, const Password& password, Random& random);
/// The same with a given salt (a leading zero byte does not count).
Verifier make_verifier(const Identity& identity, const Password& password, ByteView salt);
/// A verifier that nobody has the password of, always the same for one `context` (the pool and the login, canonical):
/// for who does not exist, so that the question looks and costs as for who does.
Verifier simulate_verifier(const Sealer& sealer, std::string_view context);
/// What a device made of its own password (ConfirmDevice): numbers in two's complement, so with a zero byte in front
/// where needed. Nothing when the salt is not of 8 to 64 bytes or the verifier is not 1 < v < N-1.
std::optional<Verifier> parse_verifier(ByteView salt, ByteView value);

/// A number on the wire: lower-case hexadecimal, without leading zeros (SALT, SRP_B).
std::string to_wire(ByteView number);
/// SRP_A: hexadecimal, odd or even. Nothing for what no honest client sends: not 1 < A < N-1 (so A mod N = 0 never
/// passes), or less than 512 bits.
std::optional<Bytes> parse_client_value(std::string_view hex);

/// The server's part of one exchange. `secret` leaves the process only sealed.
struct ServerValue {
    ServerSecret secret;  ///< b
    Bytes value;          ///< B, SRP_B
};

ServerValue make_server_value(const Verifier& verifier, Random& random);
/// The same exchange again, from its secret. Under another verifier (a new password) it is another: claims fail.
ServerValue restore_server_value(const Verifier& verifier, ServerSecret secret);

/// What the client shows in the second step.
struct Claim {
    ByteView secret_block;       ///< as the server gave it, decoded
    std::string_view timestamp;  ///< as the client wrote it
    ByteView signature;          ///< decoded
};

/// Whether the client knows the secret of `verifier`. `client_value` is what parse_client_value() gave in the first
/// step. That the secret block is ours, unused, and of this user, and that the time is right, is the caller's to check.
[[nodiscard]] bool verify_claim(const Identity& identity, const Verifier& verifier, ByteView client_value,
                                const ServerValue& server_value, const Claim& claim);

/// How far a claim's time may be from ours.
inline constexpr std::chrono::minutes timestamp_tolerance{5};
/// "Tue Nov 3 08:05:09 UTC 2026" (English, UTC; the day also with a leading zero); nothing for anything else.
std::optional<Instant> parse_timestamp(std::string_view text);

}  // namespace symbolon::crypto::srp
