#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::crypto::x509 {

/// A certificate authority that exists to sign the requests of a local assistant: a self-signed root, an RSA-2048 leaf.
struct LocalAuthority {
    std::string root_pem;      ///< the root certificate
    std::string leaf_pem;      ///< the leaf's certificate
    std::string leaf_key_pem;  ///< the leaf's private key, PKCS#8
    /// Leaves of the same key and root that prove nothing, to see whether a skill looks: one for another name, one that
    /// expired a minute after it began.
    std::string other_name_pem = {};
    std::string expired_pem = {};
    /// What is published: leaf first, then the root.
    std::string chain_pem() const { return leaf_pem + root_pem; }
};

/// Makes a root and a leaf whose subjectAltName holds `dns_name`. Valid from `not_before` to `not_after`.
LocalAuthority make_local_authority(std::string_view dns_name, Instant not_before, Instant not_after);

/// RSASSA-PKCS1-v1_5 with SHA-256 over `data`, under a PEM private key. Fails: Error{invalid_parameter}.
Bytes sign_sha256(std::string_view key_pem, ByteView data);

/// A certificate chain that was checked: its leaf's public key can be used to verify signatures. Cheap to copy: copies
/// share the key. Threads: any.
class TrustedChain {
public:
    /// Parses a PEM chain (leaf first) and proves: every certificate valid at `now`, the leaf's subjectAltName holds
    /// `dns_name` exactly, a path to one of `roots_pem` (or, when `system_roots`, to a root of the system's store).
    /// Fails: Error{not_authorized} whose detail says which proof failed.
    static TrustedChain verify(std::string_view chain_pem, std::string_view dns_name,
                               const std::vector<std::string>& roots_pem, bool system_roots, Instant now);
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    bool verify_sha256(ByteView data, ByteView signature) const;
    /// The same with SHA-1, whose collisions can be bought: only for a header that has no successor in the request.
    bool verify_sha1(ByteView data, ByteView signature) const;
    Instant not_before() const { return not_before_; }  ///< the latest of the chain
    Instant not_after() const { return not_after_; }    ///< the earliest of the chain

private:
    struct Key;  // parsed once: reading a key takes several times as long as a verification with it
    std::shared_ptr<const Key> key_;
    Instant not_before_{}, not_after_{};
};

}  // namespace symbolon::crypto::x509
