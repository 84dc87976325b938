#pragma once

#include "base/bytes.hpp"
#include "crypto/random.hpp"

#include <string>

namespace symbolon::crypto {

/// A key of 32 bytes that wraps data keys, under the two names by which whoever decrypts finds it: what the AWS
/// Encryption SDK calls a raw AES keyring.
struct WrappingKey {
    std::string key_namespace;
    std::string name;
    Bytes key;
};

/// A message that every AWS Encryption SDK opens with a raw AES keyring of this key: format 1.0, algorithm 0x0178
/// (AES-256-GCM, HKDF-SHA-256, no signature), no encryption context. `plain` is less than a frame, 4096 bytes.
/// Fails: Error{invalid_parameter} for a key or a text of another size.
Bytes encrypt_message(const WrappingKey& key, ByteView plain, Random& random);

}  // namespace symbolon::crypto
