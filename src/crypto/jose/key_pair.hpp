#pragma once

#include "base/bytes.hpp"
#include "crypto/jose/algorithm.hpp"
#include "crypto/openssl_ptr.hpp"

#include <boost/json/object.hpp>

/// OpenSSL's keys, one way for all algorithms. Private to the floor. Threads: any number may use one key at a time.
namespace symbolon::crypto::jose {

/// A new pair: RSA of 2048 bits, P-256 or Ed25519.
KeyPtr generate_pair(Algorithm algorithm);
/// From PKCS#8 DER without anything behind it. Null when it is no key of the algorithm.
KeyPtr parse_pair(Algorithm algorithm, ByteView der);
/// Whether the key is of the kind and size that the algorithm asks for.
bool fits(Algorithm algorithm, EVP_PKEY* key);

/// The public members of the JWK: kty, then n and e, or crv, x and y, or crv and x (RFC 7518 §6, RFC 8037 §2).
boost::json::object public_members(Algorithm algorithm, EVP_PKEY* key);
/// The public key of these members. Null when they are none. Fails: Error{invalid_parameter} (a member is no text).
KeyPtr from_members(Algorithm algorithm, const boost::json::object& jwk);

/// Signs with one key, which outlives it. What OpenSSL looks up for a signature is looked up once, and copied for each.
class Signer {
public:
    Signer(Algorithm algorithm, EVP_PKEY* key);
    /// The signature in the form that JWS has: of ES256 the two numbers one after the other (RFC 7518 §3.4).
    Bytes sign(ByteView data) const;

private:
    DigestContextPtr begin() const;

    Algorithm algorithm_;
    EVP_PKEY* key_;
    DigestContextPtr prepared_;
};

bool verify(Algorithm algorithm, EVP_PKEY* key, ByteView data, ByteView signature);

}  // namespace symbolon::crypto::jose
