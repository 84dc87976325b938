#include "crypto/jose/encryption.hpp"

#include <algorithm>

namespace symbolon::crypto::jose {
namespace {

template <class List>
auto find_by_text(const List& all, std::string_view text) -> std::optional<typename List::value_type> {
    const auto found = std::find_if(all.begin(), all.end(), [&](auto one) { return to_text(one) == text; });
    if (found == all.end()) return std::nullopt;
    return *found;
}

}  // namespace

std::string_view to_text(KeyManagement alg) {
    switch (alg) {
        case KeyManagement::rsa_oaep_256:
            return "RSA-OAEP-256";
        case KeyManagement::ecdh_es:
            return "ECDH-ES";
        case KeyManagement::ecdh_es_a128kw:
            return "ECDH-ES+A128KW";
        case KeyManagement::ecdh_es_a256kw:
            return "ECDH-ES+A256KW";
    }
    return "";
}

std::string_view to_text(ContentEncryption enc) {
    switch (enc) {
        case ContentEncryption::a128cbc_hs256:
            return "A128CBC-HS256";
        case ContentEncryption::a256cbc_hs512:
            return "A256CBC-HS512";
        case ContentEncryption::a128gcm:
            return "A128GCM";
        case ContentEncryption::a256gcm:
            return "A256GCM";
    }
    return "";
}

std::optional<KeyManagement> parse_key_management(std::string_view text) {
    return find_by_text(all_key_managements, text);
}

std::optional<ContentEncryption> parse_content_encryption(std::string_view text) {
    return find_by_text(all_content_encryptions, text);
}

std::string_view key_type_of(KeyManagement alg) {
    return alg == KeyManagement::rsa_oaep_256 ? "RSA" : "EC";
}

}  // namespace symbolon::crypto::jose
