#include "directory/encryption_rules.hpp"

#include "base/error.hpp"
#include "crypto/jose/jwe.hpp"
#include "directory/pools.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace symbolon::directory {
namespace {

using crypto::jose::Encryption;
using Word = std::optional<shape::ExtensionWord>;

[[noreturn]] void refuse(std::string_view member, std::string_view suffix, std::string_view why) {
    throw Error(Errc::invalid_parameter,
                "Extensions." + std::string(member) + std::string(suffix) + ": " + std::string(why));
}

/// Of settings that were checked.
EncryptionSetting to_encryption(const Word& alg, const Word& enc) {
    const auto management = alg ? crypto::jose::parse_key_management(alg->str()) : std::nullopt;
    if (!management) return std::nullopt;
    Encryption encryption{*management};
    if (const auto content = enc ? crypto::jose::parse_content_encryption(enc->str()) : std::nullopt)
        encryption.enc = *content;
    return encryption;
}

bool is_readable_with(const boost::json::value& key, const Encryption& encryption) {
    const auto* jwk = key.if_object();
    if (!jwk) return false;
    try {
        crypto::jose::Recipient::from_jwk(*jwk, encryption);
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// Keys at a jwks_uri are seen when they are needed.
bool has_key_for(const ClientExtensions& extensions, const Encryption& encryption) {
    if (extensions.jwks_uri) return true;
    const auto* document = extensions.jwks ? extensions.jwks->if_object() : nullptr;
    const auto* keys = document ? document->if_contains("keys") : nullptr;
    const auto* list = keys ? keys->if_array() : nullptr;
    return list &&
           std::any_of(list->begin(), list->end(), [&](const auto& key) { return is_readable_with(key, encryption); });
}

void check_words(std::string_view member, const Word& alg, const Word& enc) {
    if (enc && !alg) refuse(member, "_enc", "needs the alg beside it.");
    if (alg && !crypto::jose::parse_key_management(alg->str()))
        refuse(member, "_alg", "RSA-OAEP-256, ECDH-ES, ECDH-ES+A128KW or ECDH-ES+A256KW is expected.");
    if (enc && !crypto::jose::parse_content_encryption(enc->str()))
        refuse(member, "_enc", "A128CBC-HS256, A256CBC-HS512, A128GCM or A256GCM is expected.");
}

void check_answer(const ClientExtensions& extensions, std::string_view member, const Word& alg, const Word& enc) {
    check_words(member, alg, enc);
    const auto encryption = to_encryption(alg, enc);
    if (encryption && !has_key_for(extensions, *encryption))
        refuse(member, "_alg", "needs a key for it in jwks, or a jwks_uri.");
}

void check_request_object(const Pool& pool, const ClientExtensions& extensions) {
    constexpr std::string_view member = "request_object_encryption";
    const auto& alg = extensions.request_object_encryption_alg;
    check_words(member, alg, extensions.request_object_encryption_enc);
    const auto encryption = to_encryption(alg, extensions.request_object_encryption_enc);
    if (!encryption) return;
    if (crypto::jose::key_type_of(encryption->alg) != "EC") refuse(member, "_alg", "the pool's key is of P-256.");
    if (!is_on(pool.extensions.encrypted_request_objects))
        refuse(member, "_alg", "the pool publishes no key for it (encrypted_request_objects).");
}

}  // namespace

EncryptionSetting id_token_encryption(const ClientExtensions& extensions) {
    return to_encryption(extensions.id_token_encrypted_response_alg, extensions.id_token_encrypted_response_enc);
}

EncryptionSetting user_info_encryption(const ClientExtensions& extensions) {
    return to_encryption(extensions.userinfo_encrypted_response_alg, extensions.userinfo_encrypted_response_enc);
}

EncryptionSetting authorization_encryption(const ClientExtensions& extensions) {
    return to_encryption(extensions.authorization_encrypted_response_alg,
                         extensions.authorization_encrypted_response_enc);
}

void check_encryption(const Pool& pool, const ClientExtensions& extensions) {
    check_answer(extensions, "id_token_encrypted_response", extensions.id_token_encrypted_response_alg,
                 extensions.id_token_encrypted_response_enc);
    check_answer(extensions, "userinfo_encrypted_response", extensions.userinfo_encrypted_response_alg,
                 extensions.userinfo_encrypted_response_enc);
    check_answer(extensions, "authorization_encrypted_response", extensions.authorization_encrypted_response_alg,
                 extensions.authorization_encrypted_response_enc);
    check_request_object(pool, extensions);
}

}  // namespace symbolon::directory
