#include "crypto/seal.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>

// A sealed value is: version (1 byte, 1) | nonce (12 bytes) | ciphertext | tag (16 bytes).
//
// The associated data is version | length of the purpose (8 bytes, big endian) | purpose | context. The length keeps
// ("ab", "c") and ("a", "bc") apart; the purpose is in the key already, and in the data so that the two cannot diverge.
//
// Random 96-bit nonces under one key are safe for 2^32 values (NIST SP 800-38D §8.3); each purpose has a key of its
// own.

namespace symbolon::crypto {

namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t max_keys = 256;
constexpr std::size_t overhead = 1 + nonce_size + tag_size;

struct CipherDeleter {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, CipherDeleter>;

Bytes bind(std::string_view purpose, std::string_view context) {
    Bytes out;
    out.reserve(1 + 8 + purpose.size() + context.size());
    out.push_back(version);
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(purpose.size() >> shift));
    out.insert(out.end(), purpose.begin(), purpose.end());
    out.insert(out.end(), context.begin(), context.end());
    return out;
}

/// Fetched once: looking it up costs as much as sealing a session.
const EVP_CIPHER* algorithm() {
    static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return fetched;
}

void require(bool succeeded) {
    if (!succeeded) throw Error(Errc::internal, {}, "AES-256-GCM failed");
}

}  // namespace

struct Sealer::Impl {
    Impl(ByteView master_key, Random& random_) : random(random_) {
        // HKDF-Extract with an application salt (RFC 5869 §2.2).
        root = hmac_sha256(bytes_of("symbolon sealing v1"), master_key);
    }
    ~Impl() {
        OPENSSL_cleanse(root.data(), root.size());
        for (auto& [label, key] : keys) OPENSSL_cleanse(key.data(), key.size());
    }

    /// HKDF-Expand of one block (RFC 5869 §2.3). Remembered, up to a bound: purposes are few words of the program.
    Digest key(std::string_view use, std::string_view purpose) {
        std::string label(use);
        label += purpose;
        {
            const std::shared_lock lock(mutex);
            if (const auto known = keys.find(label); known != keys.end()) return known->second;
        }
        const Digest derived = hmac_sha256(root, bytes_of(label + '\x01'));
        const std::unique_lock lock(mutex);
        if (keys.size() < max_keys) keys.emplace(std::move(label), derived);
        return derived;
    }

    Random& random;
    Digest root{};
    std::shared_mutex mutex;
    std::map<std::string, Digest, std::less<>> keys;
};

Sealer::Sealer(ByteView master_key, Random& random) {
    if (master_key.size() != 32) throw Error(Errc::invalid_parameter, "The master key must be 32 bytes long.");
    impl_ = std::make_unique<Impl>(master_key, random);
}

Sealer::~Sealer() = default;

Bytes Sealer::seal(std::string_view purpose, std::string_view context, ByteView plain) const {
    Digest key = impl_->key("seal:", purpose);
    const Bytes bound = bind(purpose, context);
    Bytes out(plain.size() + overhead);
    out[0] = version;
    std::uint8_t* nonce = out.data() + 1;
    std::uint8_t* body = nonce + nonce_size;
    impl_->random.fill({nonce, nonce_size});

    const CipherContext cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    require(cipher && EVP_EncryptInit_ex(cipher.get(), algorithm(), nullptr, key.data(), nonce) == 1);
    OPENSSL_cleanse(key.data(), key.size());
    require(EVP_EncryptUpdate(cipher.get(), nullptr, &size, bound.data(), static_cast<int>(bound.size())) == 1);
    require(EVP_EncryptUpdate(cipher.get(), body, &size, plain.data(), static_cast<int>(plain.size())) == 1);
    require(EVP_EncryptFinal_ex(cipher.get(), body + size, &size) == 1);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size, body + plain.size()) == 1);
    return out;
}

std::optional<Bytes> Sealer::open(std::string_view purpose, std::string_view context, ByteView sealed) const {
    if (sealed.size() < overhead || sealed[0] != version) return std::nullopt;
    Digest key = impl_->key("seal:", purpose);
    const Bytes bound = bind(purpose, context);
    const std::uint8_t* nonce = sealed.data() + 1;
    const ByteView body = sealed.subspan(1 + nonce_size, sealed.size() - overhead);
    std::array<std::uint8_t, tag_size> tag{};
    std::copy_n(sealed.end() - tag_size, tag_size, tag.begin());

    const CipherContext cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    Bytes plain(body.size());
    require(cipher && EVP_DecryptInit_ex(cipher.get(), algorithm(), nullptr, key.data(), nonce) == 1);
    OPENSSL_cleanse(key.data(), key.size());
    require(EVP_DecryptUpdate(cipher.get(), nullptr, &size, bound.data(), static_cast<int>(bound.size())) == 1);
    require(EVP_DecryptUpdate(cipher.get(), plain.data(), &size, body.data(), static_cast<int>(body.size())) == 1);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()) == 1);
    // What was decrypted is not looked at before the tag has been checked.
    if (EVP_DecryptFinal_ex(cipher.get(), plain.data() + size, &size) != 1) return std::nullopt;
    return plain;
}

std::string Sealer::seal_text(std::string_view purpose, std::string_view context, std::string_view plain) const {
    return to_base64url(seal(purpose, context, bytes_of(plain)));
}

std::optional<std::string> Sealer::open_text(std::string_view purpose, std::string_view context,
                                             std::string_view sealed) const {
    const auto bytes = parse_base64url(sealed);
    if (!bytes) return std::nullopt;
    const auto plain = open(purpose, context, *bytes);
    if (!plain) return std::nullopt;
    return to_string(*plain);
}

Bytes Sealer::keyed_hash(std::string_view purpose, std::string_view context, std::string_view text) const {
    Digest key = impl_->key("hash:", purpose);
    Bytes data = bind(purpose, {});
    for (int shift = 56; shift >= 0; shift -= 8) data.push_back(static_cast<std::uint8_t>(context.size() >> shift));
    data.insert(data.end(), context.begin(), context.end());
    data.insert(data.end(), text.begin(), text.end());
    const Digest digest = hmac_sha256(key, data);
    OPENSSL_cleanse(key.data(), key.size());
    OPENSSL_cleanse(data.data(), data.size());
    return Bytes(digest.begin(), digest.end());
}

}  // namespace symbolon::crypto
