#pragma once

#include "base/bytes.hpp"
#include "crypto/jose/encryption.hpp"

#include <cstddef>
#include <optional>

/// Authenticated encryption of a message's content (RFC 7518 §5). Private to the floor.
namespace symbolon::crypto::jose {

/// Bytes, of a key, or of an initialization vector; every tag has 16, or half of its hash.
std::size_t key_size(ContentEncryption enc);
std::size_t iv_size(ContentEncryption enc);
std::size_t tag_size(ContentEncryption enc);

/// `bound` is authenticated as well (the encoded header). The key has key_size(), the vector iv_size() bytes.
SealedContent seal_content(ContentEncryption enc, ByteView key, Bytes iv, ByteView bound, ByteView plain);
/// Nothing when anything of it was changed, or is of another size, or is under another key.
std::optional<Bytes> open_content(ContentEncryption enc, ByteView key, const SealedContent& sealed, ByteView bound);

}  // namespace symbolon::crypto::jose
