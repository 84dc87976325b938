#pragma once

#include "base/bytes.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace symbolon::crypto::jose {

/// How the key of a message's content gets to its reader (RFC 7518 §4): encrypted with an RSA key, or agreed on over
/// P-256, for the content itself or for the key that wraps it. RSA1_5 is none of them.
enum class KeyManagement { rsa_oaep_256, ecdh_es, ecdh_es_a128kw, ecdh_es_a256kw };
/// How the content is encrypted (RFC 7518 §5).
enum class ContentEncryption { a128cbc_hs256, a256cbc_hs512, a128gcm, a256gcm };

inline constexpr std::array all_key_managements{KeyManagement::rsa_oaep_256, KeyManagement::ecdh_es,
                                                KeyManagement::ecdh_es_a128kw, KeyManagement::ecdh_es_a256kw};
inline constexpr std::array all_content_encryptions{ContentEncryption::a128cbc_hs256, ContentEncryption::a256cbc_hs512,
                                                    ContentEncryption::a128gcm, ContentEncryption::a256gcm};

/// As `alg` and `enc` of a header have them, e.g. "RSA-OAEP-256", "A128CBC-HS256".
std::string_view to_text(KeyManagement alg);
std::string_view to_text(ContentEncryption enc);
/// Byte for byte; nothing for any other text.
std::optional<KeyManagement> parse_key_management(std::string_view text);
std::optional<ContentEncryption> parse_content_encryption(std::string_view text);
/// The `kty` of its keys: RSA | EC.
std::string_view key_type_of(KeyManagement alg);

/// Both ways. The content's is the default of client metadata (OpenID Connect Dynamic Registration §2).
struct Encryption {
    KeyManagement alg{};
    ContentEncryption enc = ContentEncryption::a128cbc_hs256;
};

/// An encrypted content, and what it is checked by.
struct SealedContent {
    Bytes iv, ciphertext, tag;
};

}  // namespace symbolon::crypto::jose
