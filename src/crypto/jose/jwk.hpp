#pragma once

#include "base/bytes.hpp"
#include "crypto/jose/algorithm.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>

namespace symbolon::crypto::jose {

/// A key pair for one algorithm. Immutable, cheap to copy. Threads: any.
class SigningKey {
public:
    /// Makes a new key pair (RSA: of 2048 bits); its `kid` is the RFC 7638 thumbprint in standard base64 (44
    /// characters).
    static SigningKey generate(Algorithm algorithm = Algorithm::rs256);
    /// From PKCS#8 DER. Fails: Error{invalid_parameter} (not a key of the algorithm).
    static SigningKey from_der(ByteView der, Algorithm algorithm = Algorithm::rs256);

    Bytes to_der() const;
    const std::string& kid() const;
    Algorithm algorithm() const;
    /// The public half as a JWK (RFC 7517): kid, kty, alg, use and the numbers. Never private members.
    boost::json::object public_jwk() const;
    /// In the form that JWS has (RFC 7518 §3).
    Bytes sign(ByteView data) const;
    bool verify(ByteView data, ByteView signature) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

/// A public key from a JWK, for verifiers that hold no private key. Cheap to copy. Threads: any.
class VerifyingKey {
public:
    /// For the algorithm that the key names; one that names none is for RS256, ES256 or EdDSA by its type. Fails:
    /// Error{invalid_parameter} (a key of another kind or for another use, too small, too large, not on its curve).
    static VerifyingKey from_jwk(const boost::json::object& jwk);
    /// For this algorithm, which the key must not contradict: an RSA key that names none is for RS256 and for PS256.
    static VerifyingKey from_jwk(const boost::json::object& jwk, Algorithm algorithm);
    const std::string& kid() const;
    Algorithm algorithm() const;
    bool verify(ByteView data, ByteView signature) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

/// The RFC 7638 thumbprint of a public key, SHA-256 in standard base64. Fails: Error{invalid_parameter} (a member that
/// it hashes is missing).
std::string thumbprint_of(const boost::json::object& jwk);

}  // namespace symbolon::crypto::jose
