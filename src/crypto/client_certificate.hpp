#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::crypto::x509 {

/// Who may issue certificates that are believed. Cheap to copy. Threads: any.
class Authorities {
public:
    /// Nobody.
    Authorities() = default;
    /// All certificates of a PEM text; each of them is believed by itself, so intermediate ones may stand there. Fails:
    /// Error{invalid_parameter} (none, or a broken one).
    static Authorities from_pem(std::string_view pem);
    bool empty() const { return !store_; }

private:
    friend class ClientCertificate;
    std::shared_ptr<void> store_;
};

/// The kinds of alternative names that a client may be known by (RFC 8705 §2.1.2).
enum class AlternativeName { dns, uri, ip, email };

/// A certificate that a client showed. Cheap to copy. Threads: any.
class ClientCertificate {
public:
    /// Nothing for what is no certificate in DER.
    static std::optional<ClientCertificate> parse(ByteView der);

    /// SHA-256 of the DER in base64url: x5t#S256 (RFC 8705 §3.1).
    const std::string& thumbprint() const;
    /// The subject as RFC 4514 writes it, e.g. "CN=client,O=Example,C=DE".
    std::string subject() const;
    /// Whether it has that alternative name: text byte for byte, of a DNS name and of a host without case; an address
    /// as RFC 5952 has it.
    bool has_name(AlternativeName kind, std::string_view name) const;
    /// Whether one of the authorities issued it for TLS clients, and it is valid at that moment.
    bool is_issued_by(const Authorities& authorities, Instant now) const;
    bool is_valid_at(Instant now) const;
    /// Whether the key of a JWK is its key: the first certificate of `x5c`, or the numbers (RFC 8705 §2.2.2). False for
    /// what is no key.
    bool has_key_of(const boost::json::object& jwk) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

}  // namespace symbolon::crypto::x509
