#pragma once

#include "base/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>

/// What an authenticator signs (WebAuthn §6.1). Private to the folder.
namespace symbolon::crypto::web_authn {

using Aaguid = std::array<std::uint8_t, 16>;

/// Attested credential data (§6.5.1). Views are into what was parsed.
struct AttestedCredential {
    Aaguid aaguid{};
    ByteView id;
    ByteView public_key;  ///< COSE_Key, as it was written
};

struct AuthenticatorData {
    ByteView relying_party_hash;
    bool user_present = false;
    bool user_verified = false;
    bool backup_eligible = false;
    std::uint32_t sign_count = 0;
    std::optional<AttestedCredential> credential;
};

/// Nothing when a length does not fit, what follows is no CBOR, something is left over, or a credential is said to be
/// backed up that cannot be (Level 3 §6.1.3).
std::optional<AuthenticatorData> parse_authenticator_data(ByteView bytes);

}  // namespace symbolon::crypto::web_authn
