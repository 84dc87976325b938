#include "crypto/jose/jwe.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/content_cipher.hpp"
#include "crypto/jose/key_delivery.hpp"
#include "crypto/jose/key_pair.hpp"
#include "crypto/p256.hpp"

#include <openssl/crypto.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace symbolon::crypto::jose {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse(const char* why) {
    throw Error(Errc::invalid_parameter, why);
}

/// True when the member is absent, or is this text.
bool may_be(const json::object& jwk, std::string_view name, std::string_view text) {
    const json::value* member = jwk.if_contains(name);
    return !member || (member->is_string() && member->get_string() == text);
}

/// Key types are those of signatures, too.
Algorithm kind_of(KeyManagement alg) {
    return alg == KeyManagement::rsa_oaep_256 ? Algorithm::rs256 : Algorithm::es256;
}

/// HKDF with SHA-256, two blocks of it (RFC 5869).
KeyBytes seed_of(ByteView secret) {
    constexpr std::string_view info = "symbolon decryption key v1";
    Digest root = hmac_sha256(bytes_of("symbolon signing key"), secret);
    Digest first = hmac_sha256(root, bytes_of(std::string(info) + '\x01'));
    Bytes text(first.begin(), first.end());
    text.insert(text.end(), info.begin(), info.end());
    text.push_back(2);
    Digest second = hmac_sha256(root, text);
    Bytes seed(first.begin(), first.end());
    seed.insert(seed.end(), second.begin(), second.end());
    for (auto* secret_part : {&root, &first, &second}) OPENSSL_cleanse(secret_part->data(), secret_part->size());
    OPENSSL_cleanse(text.data(), text.size());
    return KeyBytes(std::move(seed));
}

}  // namespace

struct Recipient::Impl {
    Encryption how;
    KeyPtr key;
    std::string kid;
};

Recipient Recipient::from_jwk(const json::object& jwk, const Encryption& how) {
    const auto* type = jwk.if_contains("kty");
    if (!type || !may_be(jwk, "kty", key_type_of(how.alg))) refuse("The JWK is of another type than its algorithm.");
    if (!may_be(jwk, "alg", to_text(how.alg))) refuse("The JWK is for another algorithm.");
    if (!may_be(jwk, "use", "enc")) refuse("The JWK is not for encryption.");
    KeyPtr key = from_members(kind_of(how.alg), jwk);
    if (!key) refuse("The JWK is no key of its algorithm: RSA of 2048 to 8192 bits or P-256.");
    const auto* kid = jwk.if_contains("kid");
    Recipient out;
    out.impl_ = std::make_shared<Impl>(
        Impl{how, std::move(key), kid && kid->is_string() ? std::string(kid->get_string()) : std::string{}});
    return out;
}

std::string Recipient::encrypt(std::string_view plain, std::string_view content_type, Random& random) const {
    const auto& how = impl_->how;
    const auto delivery = deliver_key(how, impl_->key.get(), random);
    json::object header{{"alg", to_text(how.alg)}, {"enc", to_text(how.enc)}};
    if (!content_type.empty()) header["cty"] = content_type;
    if (!impl_->kid.empty()) header["kid"] = impl_->kid;
    for (const auto& member : delivery.header) header.insert(member);
    std::string message = to_base64url(bytes_of(json::serialize(header)));
    const auto content = seal_content(how.enc, delivery.content_key.view(), random.bytes(iv_size(how.enc)),
                                      bytes_of(message), bytes_of(plain));
    for (const auto* part : {&delivery.encrypted_key, &content.iv, &content.ciphertext, &content.tag}) {
        message += '.';
        message += to_base64url(*part);
    }
    return message;
}

struct DecryptionKey::Impl {
    explicit Impl(KeyPtr key_)
        : key(std::move(key_)), members(public_members(Algorithm::es256, key.get())), kid(thumbprint_of(members)) {}

    KeyPtr key;
    json::object members;
    std::string kid;
};

DecryptionKey DecryptionKey::derive(const SigningKey& key) {
    const KeyBytes secret(key.to_der());
    const auto seed = seed_of(secret.view());
    DecryptionKey out;
    out.impl_ = std::make_shared<Impl>(p256::from_seed(seed.view()));
    return out;
}

const std::string& DecryptionKey::kid() const {
    return impl_->kid;
}

json::object DecryptionKey::public_jwk() const {
    json::object out{{"kid", impl_->kid}, {"use", "enc"}};
    for (const auto& member : impl_->members) out.insert(member);
    return out;
}

std::optional<std::string> DecryptionKey::decrypt(const ParsedJwe& message) const {
    const auto key = take_key(impl_->key.get(), message);
    if (!key) return std::nullopt;
    const auto plain = open_content(message.how.enc, key->view(), message.content, bytes_of(message.bound));
    if (!plain) return std::nullopt;
    return to_string(*plain);
}

}  // namespace symbolon::crypto::jose
