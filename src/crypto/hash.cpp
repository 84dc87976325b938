#include "crypto/hash.hpp"

#include "base/error.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <cstddef>
#include <memory>

namespace symbolon::crypto {
namespace {

struct MacDeleter {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, MacDeleter>;

/// HMAC with SHA-256, without a key yet; null when the library has none.
EVP_MAC_CTX* make_hmac() {
    EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    MacContext context(EVP_MAC_CTX_new(algorithm));
    EVP_MAC_free(algorithm);  // the context has it
    char digest[] = "SHA256";
    const std::array<OSSL_PARAM, 2> settings{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                             OSSL_PARAM_construct_end()};
    if (!context || EVP_MAC_CTX_set_params(context.get(), settings.data()) != 1) return nullptr;
    return context.release();
}

}  // namespace

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
    // Made once and copied: looking the algorithms up costs as much as the hash of a token.
    static const EVP_MAC_CTX* const prepared = make_hmac();
    const MacContext context(prepared ? EVP_MAC_CTX_dup(prepared) : nullptr);
    Digest digest{};
    std::size_t size = 0;
    static const std::uint8_t empty = 0;  // a null key would mean "the key of the call before"
    const std::uint8_t* key_data = key.empty() ? &empty : key.data();
    if (!context || EVP_MAC_init(context.get(), key_data, key.size(), nullptr) != 1 ||
        EVP_MAC_update(context.get(), data.data(), data.size()) != 1 ||
        EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) != 1) {
        throw Error(Errc::internal, {}, "HMAC-SHA-256 failed");
    }
    return digest;
}

bool equal_in_constant_time(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace symbolon::crypto
