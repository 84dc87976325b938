#pragma once

#include "base/bytes.hpp"
#include "crypto/web_authn/authenticator_data.hpp"
#include "crypto/web_authn/cbor.hpp"
#include "crypto/web_authn/cose_key.hpp"
#include "crypto/web_authn/web_authn.hpp"

#include <optional>
#include <string_view>

/// What an authenticator says of itself (WebAuthn §6.5, §8). Private to the folder.
namespace symbolon::crypto::web_authn {

/// An attestation object, taken apart. Views are into what was parsed.
struct AttestationObject {
    std::string_view format;
    cbor::Value statement;
    ByteView authenticator_data;
};

/// Nothing when it is not a map with the members fmt, attStmt and authData of their types.
std::optional<AttestationObject> parse_attestation(ByteView bytes);

/// Checks the statement of a new credential. Nobody is trusted for it: we ask browsers for none, so whoever made
/// `packed` must have made it right, and the formats of other makers are taken like `none`, since their makers could as
/// well have said nothing. Formats that no standard knows are refused. Nothing when all is well.
/// `signed_data` is the authenticator data followed by the hash of the client data. Spec: WebAuthn §8.2, §8.7.
std::optional<Fault> check_attestation(const AttestationObject& attestation, const PublicKey& key, const Aaguid& aaguid,
                                       ByteView signed_data);

}  // namespace symbolon::crypto::web_authn
