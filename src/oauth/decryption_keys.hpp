#pragma once

#include "crypto/jose/jwe.hpp"
#include "directory/signing_keys.hpp"

#include <optional>
#include <string>

/// The keys of pools that clients encrypt to. They follow from the signing keys of ID tokens.
namespace symbolon::oauth {

/// The one that is published: of the key that signs now.
crypto::jose::DecryptionKey encryption_key_of(const directory::PoolKeys& keys);

/// What a message to the pool holds, by the key that it names or, where it names none, any that is or was published as
/// long as what it belongs to is. Nothing when it is for none of them, or was changed.
std::optional<std::string> decrypt(const directory::PoolKeys& keys, const crypto::jose::ParsedJwe& message);

}  // namespace symbolon::oauth
