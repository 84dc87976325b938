#pragma once

#include "base/bytes.hpp"
#include "crypto/openssl_ptr.hpp"

#include <optional>
#include <string>

/// RSA keys and RSASSA-PKCS1-v1_5 (RFC 8017 §8.2). Private to the floor. Threads: any number may use one key at a time;
/// each call has a context of its own.
namespace symbolon::crypto::rsa {

/// The public half, unsigned big-endian.
struct PublicNumbers {
    Bytes n, e;
};

KeyPtr generate(unsigned bits);
/// Of a key of any kind.
Bytes to_pkcs8(EVP_PKEY* key);
/// Null when the numbers are no RSA key of 2048 to 8192 bits with an exponent that is odd, above 1 and at most 64 bits.
KeyPtr from_numbers(const PublicNumbers& numbers);
PublicNumbers public_numbers(EVP_PKEY* key);
bool is_acceptable(EVP_PKEY* key);

Bytes sign_sha256(EVP_PKEY* key, ByteView data);

enum class Hash { sha256, sha1 };

/// Verifies signatures of one key with one hash. What OpenSSL prepares for the two is prepared once, and copied for
/// each verification: preparing it anew takes a fifth as long as the arithmetic. Holds the key.
class Verifier {
public:
    Verifier(EVP_PKEY* key, Hash hash);
    bool verify(ByteView data, ByteView signature) const;

private:
    const EVP_MD* hash_;
    KeyContextPtr prepared_;
};

}  // namespace symbolon::crypto::rsa
