#pragma once

#include "base/bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

/// The relying party's checks of WebAuthn (Level 2), over what a browser sent, decoded from base64url. They know no
/// user: who may register, whose the credential is and that a challenge is used once is the caller's.
/// Spec: WebAuthn §7.1, §7.2. Threads: any.
namespace symbolon::crypto::web_authn {

inline constexpr std::size_t max_credential_id = 1023;  ///< bytes (WebAuthn Level 3 §4, "Credential ID")
inline constexpr std::size_t max_client_data = 4096;
inline constexpr std::size_t max_attestation = 65536;
inline constexpr std::size_t max_authenticator_data = 8192;

/// The algorithms of keys that are accepted, by their COSE numbers (RFC 9053), the preferred first.
inline constexpr std::array<int, 3> algorithms{-7, -257, -8};  ///< ES256, RS256, EdDSA with Ed25519

/// Which check failed.
enum class Fault {
    malformed,   ///< not what a browser sends: JSON, CBOR, lengths
    wrong_type,  ///< the client data is of another ceremony
    wrong_challenge,
    wrong_origin,         ///< also: in a frame of another origin
    wrong_relying_party,  ///< the authenticator was asked by another relying party
    user_not_present,
    user_not_verified,  ///< though it was required
    unsupported_key,    ///< no key of `algorithms`, or a broken one
    unsupported_attestation,
    wrong_attestation,  ///< its signature or certificate does not fit
    wrong_signature,
    counter_went_back,  ///< there are two of this authenticator
};
/// For the log.
std::string_view to_name(Fault fault);

/// What both ceremonies are measured by.
struct Expected {
    Bytes challenge;
    std::string relying_party_id;
    std::function<bool(std::string_view origin)> is_allowed_origin;
    bool user_verification_required = false;
};

/// A browser's answer to navigator.credentials.create().
struct RegistrationResponse {
    Bytes id;  ///< rawId
    Bytes client_data;
    Bytes attestation_object;
};

/// What is kept of a new credential.
struct Registration {
    Bytes id;
    Bytes public_key;  ///< COSE_Key, as the authenticator wrote it
    std::uint32_t sign_count = 0;
    std::array<std::uint8_t, 16> aaguid{};  ///< the authenticator's model; zeros: not told
    bool user_verified = false;
    bool backup_eligible = false;  ///< may be on several devices
};

std::variant<Registration, Fault> verify_registration(const RegistrationResponse& response, const Expected& expected);

/// A browser's answer to navigator.credentials.get().
struct AssertionResponse {
    Bytes client_data;
    Bytes authenticator_data;
    Bytes signature;
};

/// The credential that is claimed, as it was kept.
struct KnownCredential {
    Bytes public_key;
    std::uint32_t sign_count = 0;
};

struct Assertion {
    std::uint32_t sign_count = 0;  ///< to be kept
    bool user_verified = false;
};

std::variant<Assertion, Fault> verify_assertion(const AssertionResponse& response, const Expected& expected,
                                                const KnownCredential& credential);

}  // namespace symbolon::crypto::web_authn
