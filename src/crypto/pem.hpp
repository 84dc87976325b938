#pragma once

#include "crypto/openssl_ptr.hpp"

#include <string>
#include <string_view>
#include <vector>

/// PEM (RFC 7468) in and out. Encrypted PEM is refused; nobody is ever asked for a pass phrase. Private to the floor.
namespace symbolon::crypto::pem {

/// All certificates of a text, in order; empty when one of them is broken, there is none or there are more than 8, or
/// the text is longer than 64 KiB.
std::vector<CertificatePtr> parse_certificates(std::string_view text);
/// Null when there is no private key.
KeyPtr parse_private_key(std::string_view text);

std::string to_text(X509* certificate);
/// PKCS#8.
std::string to_text(EVP_PKEY* key);

}  // namespace symbolon::crypto::pem
