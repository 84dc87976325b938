#include "crypto/jose/key_delivery.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/content_cipher.hpp"
#include "crypto/p256.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <string_view>
#include <utility>

namespace symbolon::crypto::jose {
namespace {

using boost::json::object;
using CipherPtr = std::unique_ptr<EVP_CIPHER_CTX, FreedBy<EVP_CIPHER_CTX_free>>;

constexpr std::size_t wrap_block = 8;  // what AES Key Wrap adds (RFC 3394 §2.2.1)

[[noreturn]] void fail(const char* what) {
    ERR_clear_error();
    throw Error(Errc::internal, {}, what);
}

void append_number(Bytes& out, std::size_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

void append_counted(Bytes& out, ByteView bytes) {
    append_number(out, bytes.size());
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// The bytes of the key that wraps; 0 where the agreed key is the content's.
std::size_t wrapping_size(KeyManagement alg) {
    switch (alg) {
        case KeyManagement::ecdh_es_a128kw:
            return 16;
        case KeyManagement::ecdh_es_a256kw:
            return 32;
        case KeyManagement::ecdh_es:
        case KeyManagement::rsa_oaep_256:
            return 0;
    }
    return 0;
}

/// What both sides say of themselves (RFC 7518 §4.6.1.2).
struct Parties {
    ByteView sender = {}, reader = {};
};

/// Concat KDF with SHA-256 (RFC 7518 §4.6.2, NIST SP 800-56A §5.8.1): the name of the algorithm that the key is for,
/// the parties, and the key's bits go into it.
KeyBytes derive_key(ByteView shared, const Encryption& how, const Parties& parties) {
    const auto wrapping = wrapping_size(how.alg);
    const auto size = wrapping ? wrapping : key_size(how.enc);
    Bytes out;
    for (std::size_t round = 1; out.size() < size; ++round) {
        Bytes text;
        append_number(text, round);
        text.insert(text.end(), shared.begin(), shared.end());
        append_counted(text, bytes_of(wrapping ? to_text(how.alg) : to_text(how.enc)));
        append_counted(text, parties.sender);
        append_counted(text, parties.reader);
        append_number(text, size * 8);
        auto digest = sha256(ByteView(text));
        out.insert(out.end(), digest.begin(), digest.end());
        OPENSSL_cleanse(text.data(), text.size());
        OPENSSL_cleanse(digest.data(), digest.size());
    }
    OPENSSL_cleanse(out.data() + size, out.size() - size);
    out.resize(size);
    return KeyBytes(std::move(out));
}

CipherPtr make_wrapper() {
    CipherPtr context(EVP_CIPHER_CTX_new());
    if (!context) fail("out of memory");
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    return context;
}

const EVP_CIPHER* wrap_cipher(const KeyBytes& key) {
    return key.view().size() == 16 ? EVP_aes_128_wrap() : EVP_aes_256_wrap();
}

Bytes wrap(const KeyBytes& key, ByteView content_key) {
    const auto context = make_wrapper();
    Bytes out(content_key.size() + 2 * wrap_block);
    int size = 0;
    if (EVP_EncryptInit_ex(context.get(), wrap_cipher(key), nullptr, key.view().data(), nullptr) != 1 ||
        EVP_EncryptUpdate(context.get(), out.data(), &size, content_key.data(), static_cast<int>(content_key.size())) !=
            1)
        fail("AES Key Wrap failed");
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::optional<KeyBytes> unwrap(const KeyBytes& key, const Bytes& wrapped, std::size_t expected) {
    if (wrapped.size() != expected + wrap_block) return std::nullopt;
    const auto context = make_wrapper();
    Bytes out(wrapped.size());
    int size = 0;
    const bool right =
        EVP_DecryptInit_ex(context.get(), wrap_cipher(key), nullptr, key.view().data(), nullptr) == 1 &&
        EVP_DecryptUpdate(context.get(), out.data(), &size, wrapped.data(), static_cast<int>(wrapped.size())) == 1;
    ERR_clear_error();
    if (!right || static_cast<std::size_t>(size) != expected) return std::nullopt;
    out.resize(expected);
    return KeyBytes(std::move(out));
}

/// RSAES OAEP with SHA-256, also in its mask (RFC 7518 §4.3).
Bytes encrypt_with_rsa(EVP_PKEY* reader, ByteView content_key) {
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, reader, nullptr));
    Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(reader)));
    std::size_t size = out.size();
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), EVP_sha256()) != 1 ||
        EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), EVP_sha256()) != 1 ||
        EVP_PKEY_encrypt(context.get(), out.data(), &size, content_key.data(), content_key.size()) != 1)
        fail("RSA-OAEP failed");
    out.resize(size);
    return out;
}

object ephemeral_header(EVP_PKEY* ephemeral) {
    const auto point = p256::point_of(ephemeral);
    return {{"epk", {{"kty", "EC"}, {"crv", "P-256"}, {"x", to_base64url(point.x)}, {"y", to_base64url(point.y)}}}};
}

}  // namespace

KeyBytes::~KeyBytes() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

Delivery deliver_key(const Encryption& how, EVP_PKEY* reader, Random& random) {
    if (how.alg == KeyManagement::rsa_oaep_256) {
        KeyBytes content_key(random.bytes(key_size(how.enc)));
        auto encrypted = encrypt_with_rsa(reader, content_key.view());
        return {std::move(content_key), std::move(encrypted)};
    }
    const auto ephemeral = p256::generate();
    const KeyBytes shared(p256::agree(ephemeral.get(), reader));
    if (shared.view().empty()) fail("ECDH failed");
    auto agreed = derive_key(shared.view(), how, {});
    auto header = ephemeral_header(ephemeral.get());
    if (how.alg == KeyManagement::ecdh_es) return {std::move(agreed), {}, std::move(header)};
    KeyBytes content_key(random.bytes(key_size(how.enc)));
    auto wrapped = wrap(agreed, content_key.view());
    return {std::move(content_key), std::move(wrapped), std::move(header)};
}

std::optional<KeyBytes> take_key(EVP_PKEY* own, const ParsedJwe& message) {
    // RSA is for messages that we send. Who decrypts with RSA for others has to hide every difference between a good
    // and a bad padding; nobody needs that of us.
    if (key_type_of(message.how.alg) != "EC" || !p256::is_key(own)) return std::nullopt;
    const auto ephemeral = p256::from_point(message.ephemeral_x, message.ephemeral_y);
    if (!ephemeral) return std::nullopt;
    const KeyBytes shared(p256::agree(own, ephemeral.get()));
    if (shared.view().empty()) return std::nullopt;
    auto agreed = derive_key(shared.view(), message.how, {message.apu, message.apv});
    if (message.how.alg == KeyManagement::ecdh_es) return agreed;
    return unwrap(agreed, message.encrypted_key, key_size(message.how.enc));
}

}  // namespace symbolon::crypto::jose
