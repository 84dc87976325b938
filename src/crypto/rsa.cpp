#include "crypto/rsa.hpp"

#include "base/error.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <array>
#include <cstddef>

namespace symbolon::crypto::rsa {

namespace {

constexpr int min_bits = 2048;
constexpr int max_bits = 8192;  // what verifying may cost

[[noreturn]] void fail(const char* what) {
    ERR_clear_error();
    throw Error(Errc::internal, {}, what);
}

const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return fetched;
}

Bytes number(EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) fail("an RSA key without public numbers");
    const BignumPtr owned(raw);
    Bytes out(static_cast<std::size_t>(BN_num_bytes(raw)));
    BN_bn2bin(raw, out.data());
    return out;
}

const EVP_MD* sha1_algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA1", nullptr);
    return fetched;
}

BignumPtr to_bignum(const Bytes& bytes) {
    return BignumPtr(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

}  // namespace

bool is_acceptable(EVP_PKEY* key) {
    return key && EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) >= min_bits && EVP_PKEY_get_bits(key) <= max_bits;
}

KeyPtr generate(unsigned bits) {
    KeyPtr key(EVP_RSA_gen(bits));
    if (!key) fail("RSA key generation failed");
    return key;
}

Bytes to_pkcs8(EVP_PKEY* key) {
    const Pkcs8Ptr info(EVP_PKEY2PKCS8(key));
    unsigned char* der = nullptr;
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der) : -1;
    if (size <= 0) fail("a private key cannot be written as PKCS#8");
    Bytes out(der, der + size);
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return out;
}

KeyPtr from_numbers(const PublicNumbers& numbers) {
    if (numbers.n.empty() || numbers.n.size() > max_bits / 8 || numbers.e.empty() || numbers.e.size() > 8)
        return nullptr;
    const BignumPtr n = to_bignum(numbers.n);
    const BignumPtr e = to_bignum(numbers.e);
    if (!n || !e || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) || BN_is_one(e.get())) return nullptr;
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder || !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) ||
        !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get())) {
        fail("out of memory");
    }
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* raw = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    KeyPtr key(raw);
    if (!is_acceptable(key.get())) return nullptr;
    return key;
}

PublicNumbers public_numbers(EVP_PKEY* key) {
    return {number(key, OSSL_PKEY_PARAM_RSA_N), number(key, OSSL_PKEY_PARAM_RSA_E)};
}

Bytes sign_sha256(EVP_PKEY* key, ByteView data) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, sha256_algorithm(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, data.data(), data.size()) != 1) {
        fail("RSA signing failed");
    }
    signature.resize(size);
    return signature;
}

Verifier::Verifier(EVP_PKEY* key, Hash hash)
    : hash_(hash == Hash::sha256 ? sha256_algorithm() : sha1_algorithm()), prepared_(EVP_PKEY_CTX_new(key, nullptr)) {
    if (!prepared_ || EVP_PKEY_verify_init(prepared_.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(prepared_.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(prepared_.get(), hash_) != 1) {
        fail("RSA verification could not begin");
    }
}

bool Verifier::verify(ByteView data, ByteView signature) const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned size = 0;
    const KeyContextPtr context(EVP_PKEY_CTX_dup(prepared_.get()));
    if (!context || EVP_Digest(data.data(), data.size(), digest.data(), &size, hash_, nullptr) != 1) {
        fail("RSA verification could not begin");
    }
    const bool right = EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), size) == 1;
    if (!right) ERR_clear_error();
    return right;
}

}  // namespace symbolon::crypto::rsa
