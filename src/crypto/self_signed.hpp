#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <string_view>

namespace symbolon::crypto {

/// A certificate that vouches for nothing but its own key: whoever gets it out of band can check what the key signs.
struct SelfSigned {
    Bytes certificate;  ///< X.509, DER
    Bytes key;          ///< PKCS#8, DER; RSA-2048
};

/// Makes a key and its certificate (v3, digitalSignature, RSA with SHA-256). Takes long, as every making of an RSA key.
SelfSigned make_self_signed(std::string_view common_name, Instant not_before, Instant not_after);

}  // namespace symbolon::crypto
