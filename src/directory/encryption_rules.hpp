#pragma once

#include "crypto/jose/encryption.hpp"
#include "directory/client_extensions.hpp"

#include <optional>

/// How clients are set to have what they get encrypted, and to encrypt what they ask (OpenID Connect Dynamic
/// Registration §2, JARM §3).
namespace symbolon::directory {

using EncryptionSetting = std::optional<crypto::jose::Encryption>;  ///< nothing: not encrypted

EncryptionSetting id_token_encryption(const ClientExtensions& extensions);
EncryptionSetting user_info_encryption(const ClientExtensions& extensions);
EncryptionSetting authorization_encryption(const ClientExtensions& extensions);

/// Checks that every encryption that the client is set to is one that we have and that it has a key for, and that the
/// pool has one for encrypted request objects. Fails: invalid_parameter "Extensions.<member>: <why>".
void check_encryption(const Pool& pool, const ClientExtensions& extensions);

}  // namespace symbolon::directory
