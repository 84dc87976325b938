#pragma once

#include "base/bytes.hpp"
#include "crypto/jose/jwe.hpp"
#include "crypto/openssl_ptr.hpp"
#include "crypto/random.hpp"

#include <boost/json/object.hpp>

#include <optional>

/// How the key of a message's content gets to its reader (RFC 7518 §4.3, §4.6). Private to the floor.
namespace symbolon::crypto::jose {

/// Bytes of a key, overwritten when they end.
class KeyBytes {
public:
    explicit KeyBytes(Bytes bytes) : bytes_(std::move(bytes)) {}
    KeyBytes(KeyBytes&&) noexcept = default;
    KeyBytes& operator=(KeyBytes&&) noexcept = default;
    KeyBytes(const KeyBytes&) = delete;
    KeyBytes& operator=(const KeyBytes&) = delete;
    ~KeyBytes();

    ByteView view() const { return bytes_; }

private:
    Bytes bytes_;
};

struct Delivery {
    KeyBytes content_key;
    Bytes encrypted_key;              ///< empty where the key is agreed on
    boost::json::object header = {};  ///< what the reader needs to know: the ephemeral key
};

/// A new content key, and what brings it to the holder of the key.
Delivery deliver_key(const Encryption& how, EVP_PKEY* reader, Random& random);

/// The content key of a message that was agreed on with this P-256 key. Nothing for any other message.
std::optional<KeyBytes> take_key(EVP_PKEY* own, const ParsedJwe& message);

}  // namespace symbolon::crypto::jose
