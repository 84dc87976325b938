#pragma once

#include "base/bytes.hpp"

namespace symbolon::crypto::x509 {

enum class Digest { sha256, sha384, sha512 };

/// RSASSA-PKCS1-v1_5 over `data`, by the key of a certificate (DER), whose issuer and dates are not looked at: whoever
/// trusts the certificate has it from elsewhere. False for any other kind of key, and for one of less than 2048 bits.
bool is_signed_by_certificate(ByteView certificate, Digest digest, ByteView data, ByteView signature);

}  // namespace symbolon::crypto::x509
