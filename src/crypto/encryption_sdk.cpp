#include "crypto/encryption_sdk.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

// The message format 1.0 of the AWS Encryption SDK, all numbers big endian:
//
//   version 1 | type 80 | algorithm (2) | message id (16) | length of the encryption context (2): 0
//   | number of data keys (2): 1 | data key: provider (2 + n), its info (2 + n), the wrapped key (2 + n)
//   | content type 2 (frames) | reserved (4) | IV length 12 | frame length (4) | header IV (12) | header tag (16)
//   | final frame: ffffffff | sequence number (4): 1 | IV (12) | length (4) | ciphertext | tag (16)
//
// The info of a raw AES keyring is: name | tag length in bits (4) | IV length (4) | IV.
// Every message has a data key of its own, so that its IVs may be counted.

namespace symbolon::crypto {
namespace {

constexpr std::uint16_t algorithm_id = 0x0178;
constexpr std::size_t iv_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::uint32_t frame_size = 4096;

using Iv = std::array<std::uint8_t, iv_size>;

struct CipherDeleter {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

void require(bool succeeded) {
    if (!succeeded) throw Error(Errc::internal, {}, "AES-256-GCM failed");
}

void append(Bytes& out, ByteView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void append_number(Bytes& out, std::uint64_t number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

void append_counted(Bytes& out, ByteView bytes) {
    append_number(out, bytes.size(), 2);
    append(out, bytes);
}

/// Ciphertext and tag.
Bytes seal(ByteView key, const Iv& iv, ByteView bound, ByteView plain) {
    const std::unique_ptr<EVP_CIPHER_CTX, CipherDeleter> cipher(EVP_CIPHER_CTX_new());
    Bytes out(plain.size() + tag_size);
    int size = 0;
    require(cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), iv.data()) == 1);
    if (!bound.empty())
        require(EVP_EncryptUpdate(cipher.get(), nullptr, &size, bound.data(), static_cast<int>(bound.size())) == 1);
    if (!plain.empty())
        require(EVP_EncryptUpdate(cipher.get(), out.data(), &size, plain.data(), static_cast<int>(plain.size())) == 1);
    require(EVP_EncryptFinal_ex(cipher.get(), out.data() + plain.size(), &size) == 1);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size, out.data() + plain.size()) == 1);
    return out;
}

/// HKDF-SHA-256 without salt, one block (RFC 5869); the info is the algorithm and the message's id.
Digest derive(ByteView data_key, ByteView message_id) {
    const Digest no_salt{};
    Digest root = hmac_sha256(no_salt, data_key);
    Bytes info;
    append_number(info, algorithm_id, 2);
    append(info, message_id);
    info.push_back(1);
    const Digest derived = hmac_sha256(root, info);
    OPENSSL_cleanse(root.data(), root.size());
    return derived;
}

void append_data_key(Bytes& out, const WrappingKey& key, ByteView data_key, Random& random) {
    Iv iv{};
    random.fill(iv);
    Bytes info;
    append(info, bytes_of(key.name));
    append_number(info, tag_size * 8, 4);
    append_number(info, iv_size, 4);
    append(info, iv);
    append_number(out, 1, 2);
    append_counted(out, bytes_of(key.key_namespace));
    append_counted(out, info);
    append_counted(out, seal(key.key, iv, {}, data_key));
}

}  // namespace

Bytes encrypt_message(const WrappingKey& key, ByteView plain, Random& random) {
    if (key.key.size() != 32) throw Error{Errc::invalid_parameter, "A wrapping key has 32 bytes."};
    if (plain.size() >= frame_size) throw Error{Errc::invalid_parameter, "The text to encrypt is too long."};
    Bytes data_key = random.bytes(32);
    const Bytes message_id = random.bytes(16);
    Digest derived = derive(data_key, message_id);

    Bytes out{1, 0x80};
    append_number(out, algorithm_id, 2);
    append(out, message_id);
    append_number(out, 0, 2);
    append_data_key(out, key, data_key, random);
    out.push_back(2);
    append_number(out, 0, 4);
    out.push_back(iv_size);
    append_number(out, frame_size, 4);
    const Iv header_iv{};
    const Bytes header_tag = seal(derived, header_iv, out, {});
    append(out, header_iv);
    append(out, header_tag);

    Iv frame_iv{};
    frame_iv.back() = 1;
    Bytes bound = message_id;
    append(bound, bytes_of(std::string_view("AWSKMSEncryptionClient Final Frame")));
    append_number(bound, 1, 4);
    append_number(bound, plain.size(), 8);
    append_number(out, 0xffffffffU, 4);
    append_number(out, 1, 4);
    append(out, frame_iv);
    append_number(out, plain.size(), 4);
    append(out, seal(derived, frame_iv, bound, plain));
    OPENSSL_cleanse(derived.data(), derived.size());
    OPENSSL_cleanse(data_key.data(), data_key.size());
    return out;
}

}  // namespace symbolon::crypto
