#include "limits.hpp"

#include <argon2.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>

namespace symbolon::bench {

namespace {

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(what);
}

// OWASP's first choice, which is what passwords are hashed with.
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t memory_kib = 19456;
constexpr std::uint32_t lanes = 1;

}  // namespace

Pace measure_rsa_signatures(int core, Seconds duration) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_RSA_gen(2048), EVP_PKEY_free);
    require(key != nullptr, "EVP_RSA_gen");
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new(key.get(), nullptr),
                                                                              EVP_PKEY_CTX_free);
    require(EVP_PKEY_sign_init(context.get()) == 1, "EVP_PKEY_sign_init");
    require(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1, "EVP_PKEY_CTX_set_rsa_padding");
    require(EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1, "EVP_PKEY_CTX_set_signature_md");
    std::array<std::uint8_t, 32> digest{1, 2, 3};
    std::array<std::uint8_t, 256> signature;
    return repeat_on(core, duration, [&] {
        auto size = signature.size();
        require(EVP_PKEY_sign(context.get(), signature.data(), &size, digest.data(), digest.size()) == 1,
                "EVP_PKEY_sign");
    });
}

Pace measure_argon2_hashes(int core, Seconds duration) {
    constexpr std::array<std::uint8_t, 16> salt{1, 2, 3};
    constexpr std::array<char, 15> password{"Correct-Horse9"};
    std::array<std::uint8_t, 32> hash;
    return repeat_on(core, duration, [&] {
        require(argon2id_hash_raw(passes, memory_kib, lanes, password.data(), password.size() - 1, salt.data(),
                                  salt.size(), hash.data(), hash.size()) == ARGON2_OK,
                "argon2id_hash_raw");
    });
}

}  // namespace symbolon::bench
