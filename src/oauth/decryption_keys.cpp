#include "oauth/decryption_keys.hpp"

namespace symbolon::oauth {
namespace {

using crypto::jose::DecryptionKey;

std::optional<std::string> try_key(const crypto::jose::SigningKey& key, const crypto::jose::ParsedJwe& message) {
    const auto own = DecryptionKey::derive(key);
    if (!message.kid.empty() && message.kid != own.kid()) return std::nullopt;
    return own.decrypt(message);
}

}  // namespace

DecryptionKey encryption_key_of(const directory::PoolKeys& keys) {
    return DecryptionKey::derive(keys.id_token);
}

std::optional<std::string> decrypt(const directory::PoolKeys& keys, const crypto::jose::ParsedJwe& message) {
    auto plain = try_key(keys.id_token, message);
    for (const auto& other : keys.others) {
        if (plain) break;
        if (other.use == directory::KeyUse::id_token) plain = try_key(other.key, message);
    }
    return plain;
}

}  // namespace symbolon::oauth
