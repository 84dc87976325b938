#include "crypto/jose/content_cipher.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/openssl_ptr.hpp"

#include <openssl/err.h>
#include <openssl/hmac.h>

#include <array>
#include <utility>

namespace symbolon::crypto::jose {
namespace {

using CipherPtr = std::unique_ptr<EVP_CIPHER_CTX, FreedBy<EVP_CIPHER_CTX_free>>;

constexpr std::size_t block_size = 16;
constexpr std::size_t gcm_tag_size = 16;

/// What makes up one of the content encryptions.
struct Suite {
    const EVP_CIPHER* cipher;
    const EVP_MD* hash;  ///< null: GCM, which authenticates by itself
    std::size_t key_size, iv_size, tag_size;
};

Suite suite_of(ContentEncryption enc) {
    switch (enc) {
        case ContentEncryption::a128cbc_hs256:
            return {EVP_aes_128_cbc(), EVP_sha256(), 32, block_size, 16};
        case ContentEncryption::a256cbc_hs512:
            return {EVP_aes_256_cbc(), EVP_sha512(), 64, block_size, 32};
        case ContentEncryption::a128gcm:
            return {EVP_aes_128_gcm(), nullptr, 16, 12, gcm_tag_size};
        case ContentEncryption::a256gcm:
            return {EVP_aes_256_gcm(), nullptr, 32, 12, gcm_tag_size};
    }
    throw Error(Errc::internal, {}, "an unknown content encryption");
}

void require(bool succeeded) {
    if (succeeded) return;
    ERR_clear_error();
    throw Error(Errc::internal, {}, "content encryption failed");
}

int to_int(std::size_t size) {
    return static_cast<int>(size);
}

SealedContent seal_gcm(const Suite& suite, ByteView key, Bytes iv, ByteView bound, ByteView plain) {
    const CipherPtr context(EVP_CIPHER_CTX_new());
    SealedContent out{std::move(iv), Bytes(plain.size()), Bytes(gcm_tag_size)};
    int size = 0;
    require(context && EVP_EncryptInit_ex(context.get(), suite.cipher, nullptr, key.data(), out.iv.data()) == 1 &&
            EVP_EncryptUpdate(context.get(), nullptr, &size, bound.data(), to_int(bound.size())) == 1);
    if (!plain.empty())
        require(EVP_EncryptUpdate(context.get(), out.ciphertext.data(), &size, plain.data(), to_int(plain.size())) ==
                1);
    std::array<std::uint8_t, block_size> nothing{};
    require(EVP_EncryptFinal_ex(context.get(), nothing.data(), &size) == 1 &&
            EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, to_int(out.tag.size()), out.tag.data()) == 1);
    return out;
}

std::optional<Bytes> open_gcm(const Suite& suite, ByteView key, const SealedContent& sealed, ByteView bound) {
    const CipherPtr context(EVP_CIPHER_CTX_new());
    Bytes plain(sealed.ciphertext.size());
    Bytes tag = sealed.tag;
    int size = 0;
    require(context && EVP_DecryptInit_ex(context.get(), suite.cipher, nullptr, key.data(), sealed.iv.data()) == 1 &&
            EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, to_int(tag.size()), tag.data()) == 1 &&
            EVP_DecryptUpdate(context.get(), nullptr, &size, bound.data(), to_int(bound.size())) == 1);
    if (!plain.empty())
        require(EVP_DecryptUpdate(context.get(), plain.data(), &size, sealed.ciphertext.data(),
                                  to_int(sealed.ciphertext.size())) == 1);
    std::array<std::uint8_t, block_size> nothing{};
    if (EVP_DecryptFinal_ex(context.get(), nothing.data(), &size) == 1) return plain;
    ERR_clear_error();
    return std::nullopt;
}

/// RFC 7518 §5.2.2.1: over what is bound, the vector, the ciphertext and the number of bits that are bound; half of it.
Bytes authenticate(const Suite& suite, ByteView mac_key, const Bytes& iv, const Bytes& ciphertext, ByteView bound) {
    Bytes text(bound.begin(), bound.end());
    text.insert(text.end(), iv.begin(), iv.end());
    text.insert(text.end(), ciphertext.begin(), ciphertext.end());
    const std::uint64_t bits = bound.size() * 8;
    for (int shift = 56; shift >= 0; shift -= 8) text.push_back(static_cast<std::uint8_t>(bits >> shift));
    Bytes tag(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    require(HMAC(suite.hash, mac_key.data(), to_int(mac_key.size()), text.data(), text.size(), tag.data(), &size) &&
            size == 2 * suite.tag_size);
    tag.resize(suite.tag_size);
    return tag;
}

/// The first half of the key authenticates, the second one encrypts.
SealedContent seal_cbc(const Suite& suite, ByteView key, Bytes iv, ByteView bound, ByteView plain) {
    const CipherPtr context(EVP_CIPHER_CTX_new());
    SealedContent out{std::move(iv), Bytes(plain.size() + block_size), {}};
    const ByteView cipher_key = key.last(key.size() / 2);
    int size = 0, rest = 0;
    require(context &&
            EVP_EncryptInit_ex(context.get(), suite.cipher, nullptr, cipher_key.data(), out.iv.data()) == 1 &&
            EVP_EncryptUpdate(context.get(), out.ciphertext.data(), &size, plain.data(), to_int(plain.size())) == 1 &&
            EVP_EncryptFinal_ex(context.get(), out.ciphertext.data() + size, &rest) == 1);
    out.ciphertext.resize(static_cast<std::size_t>(size + rest));
    out.tag = authenticate(suite, key.first(key.size() / 2), out.iv, out.ciphertext, bound);
    return out;
}

/// Nothing is decrypted before it is authenticated: the padding tells nobody anything.
std::optional<Bytes> open_cbc(const Suite& suite, ByteView key, const SealedContent& sealed, ByteView bound) {
    const auto tag = authenticate(suite, key.first(key.size() / 2), sealed.iv, sealed.ciphertext, bound);
    if (!equal_in_constant_time(ByteView(tag), ByteView(sealed.tag))) return std::nullopt;
    const CipherPtr context(EVP_CIPHER_CTX_new());
    const ByteView cipher_key = key.last(key.size() / 2);
    Bytes plain(sealed.ciphertext.size() + block_size);
    int size = 0, rest = 0;
    require(context &&
            EVP_DecryptInit_ex(context.get(), suite.cipher, nullptr, cipher_key.data(), sealed.iv.data()) == 1 &&
            EVP_DecryptUpdate(context.get(), plain.data(), &size, sealed.ciphertext.data(),
                              to_int(sealed.ciphertext.size())) == 1);
    if (EVP_DecryptFinal_ex(context.get(), plain.data() + size, &rest) != 1) {
        ERR_clear_error();
        return std::nullopt;
    }
    plain.resize(static_cast<std::size_t>(size + rest));
    return plain;
}

}  // namespace

std::size_t key_size(ContentEncryption enc) {
    return suite_of(enc).key_size;
}

std::size_t iv_size(ContentEncryption enc) {
    return suite_of(enc).iv_size;
}

std::size_t tag_size(ContentEncryption enc) {
    return suite_of(enc).tag_size;
}

SealedContent seal_content(ContentEncryption enc, ByteView key, Bytes iv, ByteView bound, ByteView plain) {
    const auto suite = suite_of(enc);
    require(key.size() == suite.key_size && iv.size() == suite.iv_size);
    return suite.hash ? seal_cbc(suite, key, std::move(iv), bound, plain)
                      : seal_gcm(suite, key, std::move(iv), bound, plain);
}

std::optional<Bytes> open_content(ContentEncryption enc, ByteView key, const SealedContent& sealed, ByteView bound) {
    const auto suite = suite_of(enc);
    if (key.size() != suite.key_size || sealed.iv.size() != suite.iv_size || sealed.tag.size() != suite.tag_size)
        return std::nullopt;
    return suite.hash ? open_cbc(suite, key, sealed, bound) : open_gcm(suite, key, sealed, bound);
}

}  // namespace symbolon::crypto::jose
