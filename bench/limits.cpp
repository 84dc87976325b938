#include "limits.hpp"

#include <argon2.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
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

class Signer {
public:
    Signer() {
        require(key_ != nullptr && context_ != nullptr, "EVP_RSA_gen");
        require(EVP_PKEY_sign_init(context_.get()) == 1, "EVP_PKEY_sign_init");
        require(EVP_PKEY_CTX_set_rsa_padding(context_.get(), RSA_PKCS1_PADDING) == 1, "EVP_PKEY_CTX_set_rsa_padding");
        require(EVP_PKEY_CTX_set_signature_md(context_.get(), EVP_sha256()) == 1, "EVP_PKEY_CTX_set_signature_md");
    }

    void sign() {
        auto size = signature_.size();
        require(EVP_PKEY_sign(context_.get(), signature_.data(), &size, digest_.data(), digest_.size()) == 1,
                "EVP_PKEY_sign");
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{EVP_RSA_gen(2048), EVP_PKEY_free};
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context_{EVP_PKEY_CTX_new(key_.get(), nullptr),
                                                                         EVP_PKEY_CTX_free};
    std::array<std::uint8_t, 32> digest_{1, 2, 3};
    std::array<std::uint8_t, 256> signature_{};
};

/// One context for all: what the library can do at most.
class Verifier {
public:
    explicit Verifier(const std::string& text) : text_(text) {
        require(key_ && context_ && digester_, "EVP_RSA_gen");
        require(EVP_PKEY_sign_init(context_.get()) == 1, "EVP_PKEY_sign_init");
        set_algorithm();
        hash();
        auto size = signature_.size();
        require(EVP_PKEY_sign(context_.get(), signature_.data(), &size, digest_.data(), digest_.size()) == 1,
                "EVP_PKEY_sign");
        require(EVP_PKEY_verify_init(context_.get()) == 1, "EVP_PKEY_verify_init");
        set_algorithm();
    }

    void verify() {
        hash();
        require(
            EVP_PKEY_verify(context_.get(), signature_.data(), signature_.size(), digest_.data(), digest_.size()) == 1,
            "EVP_PKEY_verify");
    }

private:
    void set_algorithm() {
        require(EVP_PKEY_CTX_set_rsa_padding(context_.get(), RSA_PKCS1_PADDING) == 1, "EVP_PKEY_CTX_set_rsa_padding");
        require(EVP_PKEY_CTX_set_signature_md(context_.get(), EVP_sha256()) == 1, "EVP_PKEY_CTX_set_signature_md");
    }
    void hash() {
        require(EVP_DigestInit_ex2(digester_.get(), sha256_.get(), nullptr) == 1, "EVP_DigestInit_ex2");
        require(EVP_DigestUpdate(digester_.get(), text_.data(), text_.size()) == 1, "EVP_DigestUpdate");
        require(EVP_DigestFinal_ex(digester_.get(), digest_.data(), nullptr) == 1, "EVP_DigestFinal_ex");
    }

    std::string text_;
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{EVP_RSA_gen(2048), EVP_PKEY_free};
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context_{EVP_PKEY_CTX_new(key_.get(), nullptr),
                                                                         EVP_PKEY_CTX_free};
    std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256_{EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free};
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digester_{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    std::array<std::uint8_t, 32> digest_{};
    std::array<std::uint8_t, 256> signature_{};
};

class EllipticVerifier {
public:
    EllipticVerifier() {
        require(key_ != nullptr && context_ != nullptr, "EVP_EC_gen");
        require(EVP_PKEY_sign_init(context_.get()) == 1, "EVP_PKEY_sign_init");
        auto size = signature_.size();
        require(EVP_PKEY_sign(context_.get(), signature_.data(), &size, digest_.data(), digest_.size()) == 1,
                "EVP_PKEY_sign");
        size_ = size;
        require(EVP_PKEY_verify_init(context_.get()) == 1, "EVP_PKEY_verify_init");
    }

    void verify() {
        require(EVP_PKEY_verify(context_.get(), signature_.data(), size_, digest_.data(), digest_.size()) == 1,
                "EVP_PKEY_verify");
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{EVP_EC_gen("P-256"), EVP_PKEY_free};
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context_{EVP_PKEY_CTX_new(key_.get(), nullptr),
                                                                         EVP_PKEY_CTX_free};
    std::array<std::uint8_t, 32> digest_{1, 2, 3};
    std::array<std::uint8_t, 80> signature_{};
    std::size_t size_ = 0;
};

/// The group of SRP, in the arithmetic that does not tell the exponent by its time.
class Group {
public:
    Group() {
        require(n_ && base_ && exponent_ && result_ && context_ && montgomery_, "BN_new");
        require(BN_MONT_CTX_set(montgomery_.get(), n_.get(), context_.get()) == 1, "BN_MONT_CTX_set");
        require(BN_rand_range(base_.get(), n_.get()) == 1, "BN_rand_range");
        require(BN_rand(exponent_.get(), exponent_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1, "BN_rand");
    }

    void exponentiate() {
        require(BN_mod_exp_mont_consttime(result_.get(), base_.get(), exponent_.get(), n_.get(), context_.get(),
                                          montgomery_.get()) == 1,
                "BN_mod_exp_mont_consttime");
    }

private:
    static constexpr int exponent_bits = 256;
    using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

    Number n_{BN_get_rfc3526_prime_3072(nullptr), BN_free};
    Number base_{BN_new(), BN_free};
    Number exponent_{BN_new(), BN_free};
    Number result_{BN_new(), BN_free};
    std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context_{BN_CTX_new(), BN_CTX_free};
    std::unique_ptr<BN_MONT_CTX, decltype(&BN_MONT_CTX_free)> montgomery_{BN_MONT_CTX_new(), BN_MONT_CTX_free};
};

}  // namespace

Pace measure_rsa_signatures(int core, Seconds duration) {
    Signer signer;
    return repeat_on(core, duration, [&] { signer.sign(); });
}

Pace measure_rsa_verifications(int core, Seconds duration, const std::string& text) {
    Verifier verifier(text);
    return repeat_on(core, duration, [&] { verifier.verify(); });
}

Pace measure_es256_verifications(int core, Seconds duration) {
    EllipticVerifier verifier;
    return repeat_on(core, duration, [&] { verifier.verify(); });
}

Pace measure_srp_proofs(int core, Seconds duration) {
    Signer signer;
    Group group;
    return repeat_on(core, duration, [&] {
        for (int i = 0; i < 3; ++i) group.exponentiate();
        for (int i = 0; i < 2; ++i) signer.sign();
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
