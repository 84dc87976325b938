#pragma once

#include "base/bytes.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>

namespace symbolon::crypto::jose {

/// An RSA key pair for RS256 (RFC 7518 §3.3). Immutable, cheap to copy. Threads: any.
class SigningKey {
public:
    /// Makes a new key pair of 2048 bits; its `kid` is the RFC 7638 thumbprint in standard base64 (44 characters).
    static SigningKey generate();
    /// From PKCS#8 DER. Fails: Error{invalid_parameter}.
    static SigningKey from_der(ByteView der);

    Bytes to_der() const;
    const std::string& kid() const;
    /// The public half as a JWK (RFC 7517): kid, kty, alg, use, n, e. Never private members.
    boost::json::object public_jwk() const;
    /// RSASSA-PKCS1-v1_5 with SHA-256 over `data`.
    Bytes sign(ByteView data) const;
    bool verify(ByteView data, ByteView signature) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

/// A public RSA key from a JWK, for verifiers that hold no private key. Fails: Error{invalid_parameter}.
class VerifyingKey {
public:
    static VerifyingKey from_jwk(const boost::json::object& jwk);
    const std::string& kid() const;
    bool verify(ByteView data, ByteView signature) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

}  // namespace symbolon::crypto::jose
