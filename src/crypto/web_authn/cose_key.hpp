#pragma once

#include "base/bytes.hpp"
#include "crypto/openssl_ptr.hpp"

#include <optional>

/// Public keys as authenticators write them (COSE_Key, RFC 9052 §7). Private to the folder.
namespace symbolon::crypto::web_authn {

/// The COSE numbers of `algorithms` in web_authn.hpp.
enum class Algorithm { es256 = -7, eddsa = -8, rs256 = -257 };

struct PublicKey {
    Algorithm algorithm{};
    KeyPtr key;
};

/// Nothing when it is not a key of P-256, Ed25519 or RSA (2048 to 8192 bits) that says the algorithm that fits it: the
/// algorithm belongs to the key.
std::optional<PublicKey> parse_public_key(ByteView cose);

/// Whether the signature is the key's. ES256 signatures are DER, as WebAuthn §6.5.6 has them.
[[nodiscard]] bool verify_signature(Algorithm algorithm, EVP_PKEY* key, ByteView data, ByteView signature);

/// Whether a key (of a certificate) can make signatures of the algorithm.
bool fits(Algorithm algorithm, EVP_PKEY* key);

}  // namespace symbolon::crypto::web_authn
