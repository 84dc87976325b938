#pragma once

#include "base/bytes.hpp"
#include "crypto/jose/encryption.hpp"
#include "crypto/jose/jwk.hpp"
#include "crypto/random.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::crypto::jose {

/// The public key of who is to read a message, and how the message gets there. Cheap to copy. Threads: any.
class Recipient {
public:
    /// Fails: Error{invalid_parameter} (a key of another kind, for another algorithm or use, too small, too large, not
    /// on its curve).
    static Recipient from_jwk(const boost::json::object& jwk, const Encryption& how);

    /// A JWE in compact form (RFC 7516 §7.1), never compressed. `content_type` is "JWT" for a JWT (RFC 7519 §5.2), ""
    /// for claims that are not signed.
    std::string encrypt(std::string_view plain, std::string_view content_type, Random& random) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

/// A compact JWE taken apart, nothing read yet.
struct ParsedJwe {
    Encryption how;
    std::string kid;           ///< "" when it names none
    std::string content_type;  ///< `cty`; "" when it names none
    std::string bound;         ///< the encoded header, which is authenticated
    Bytes encrypted_key;       ///< empty exactly when the key is agreed on for the content itself
    SealedContent content;
    Bytes ephemeral_x, ephemeral_y;  ///< of P-256; empty for RSA
    Bytes apu, apv;
};

/// Strict and bounded (at most 24 KiB, exactly five parts, strict base64url, a header of at most 8 levels, `alg` and
/// `enc` ones that we have, each part of the size that they say, no `zip`, no `crit`): nothing for anything else. Spec:
/// RFC 7516 §5.2, RFC 8725 §3.6.
std::optional<ParsedJwe> parse_jwe(std::string_view message);

/// The private key of whom others encrypt to: P-256. Cheap to copy. Threads: any.
class DecryptionKey {
public:
    /// The one that follows from a signing key, and from nothing else: it is published, rotates, is withdrawn and moves
    /// to another server along with it, and is stored nowhere. Neither says anything of the other.
    static DecryptionKey derive(const SigningKey& key);

    /// The thumbprint of the public half, as SigningKey has it.
    const std::string& kid() const;
    /// The public half as a JWK, with `use` "enc". It names no `alg`: any of ECDH-ES will do.
    boost::json::object public_jwk() const;
    /// What the message holds. Nothing when it is not for this key or was changed.
    std::optional<std::string> decrypt(const ParsedJwe& message) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

}  // namespace symbolon::crypto::jose
