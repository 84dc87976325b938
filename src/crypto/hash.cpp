#include "crypto/hash.hpp"

#include "base/error.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace symbolon::crypto {

Digest sha256(ByteView data) {
    // Fetched once: looking the algorithm up costs as much as hashing a token.
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    Digest digest{};
    unsigned size = 0;
    if (EVP_Digest(data.data(), data.size(), digest.data(), &size, algorithm, nullptr) != 1) {
        throw Error(Errc::internal, {}, "SHA-256 failed");
    }
    return digest;
}

Digest hmac_sha256(ByteView key, ByteView data) {
    Digest digest{};
    unsigned size = 0;
    static const std::uint8_t empty = 0;  // HMAC() takes a null key for "the key of the call before"
    const std::uint8_t* key_data = key.empty() ? &empty : key.data();
    if (!HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), data.data(), data.size(), digest.data(), &size)) {
        throw Error(Errc::internal, {}, "HMAC-SHA-256 failed");
    }
    return digest;
}

bool equal_in_constant_time(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace symbolon::crypto
