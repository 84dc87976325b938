#include "base/error.hpp"
#include "crypto/jose/key_pair.hpp"

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <memory>

namespace symbolon::crypto::jose {
namespace {

using EcdsaPtr = std::unique_ptr<ECDSA_SIG, FreedBy<ECDSA_SIG_free>>;

constexpr std::size_t number_size = 32;  // of each of the two of ES256

[[noreturn]] void fail(const char* what) {
    ERR_clear_error();
    throw Error(Errc::internal, {}, what);
}

/// Null for EdDSA, which hashes by itself.
const EVP_MD* digest_of(Algorithm algorithm) {
    static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm == Algorithm::eddsa ? nullptr : sha256;
}

/// PS256 has a salt as long as its hash (RFC 7518 §3.5).
bool set_padding(Algorithm algorithm, EVP_PKEY_CTX* context) {
    if (algorithm != Algorithm::ps256) return true;
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

/// OpenSSL's DER of the two numbers as JWS has them.
Bytes numbers_of(const Bytes& der) {
    const unsigned char* at = der.data();
    const EcdsaPtr signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    Bytes out(2 * number_size);
    const int size = static_cast<int>(number_size);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out.data(), size) != size ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out.data() + number_size, size) != size)
        fail("an ECDSA signature without two numbers");
    return out;
}

/// The way back. Empty when there are not two numbers.
Bytes der_of(ByteView numbers) {
    if (numbers.size() != 2 * number_size) return {};
    const int size = static_cast<int>(number_size);
    BignumPtr r(BN_bin2bn(numbers.data(), size, nullptr));
    BignumPtr s(BN_bin2bn(numbers.data() + number_size, size, nullptr));
    const EcdsaPtr signature(ECDSA_SIG_new());
    if (!r || !s || !signature || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) fail("out of memory");
    r.release();  // the signature's now
    s.release();
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(signature.get(), &der);
    if (length <= 0) fail("out of memory");
    Bytes out(der, der + length);
    OPENSSL_free(der);
    return out;
}

DigestContextPtr prepare_signature(Algorithm algorithm, EVP_PKEY* key) {
    DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* settings = nullptr;
    if (!context || EVP_DigestSignInit(context.get(), &settings, digest_of(algorithm), nullptr, key) != 1 ||
        !set_padding(algorithm, settings))
        fail("a signature could not begin");
    return context;
}

}  // namespace

Signer::Signer(Algorithm algorithm, EVP_PKEY* key)
    : algorithm_(algorithm), key_(key), prepared_(prepare_signature(algorithm, key)) {}

Bytes Signer::sign(ByteView data) const {
    const auto context = begin();
    Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_)));
    std::size_t size = signature.size();
    if (EVP_DigestSign(context.get(), signature.data(), &size, data.data(), data.size()) != 1) fail("signing failed");
    signature.resize(size);
    return algorithm_ == Algorithm::es256 ? numbers_of(signature) : signature;
}

DigestContextPtr Signer::begin() const {
    // OpenSSL 3.0 copies no context without a digest of its own.
    if (algorithm_ == Algorithm::eddsa) return prepare_signature(algorithm_, key_);
    DigestContextPtr copy(EVP_MD_CTX_new());
    if (!copy || EVP_MD_CTX_copy_ex(copy.get(), prepared_.get()) != 1) fail("a signature could not begin");
    return copy;
}

bool verify(Algorithm algorithm, EVP_PKEY* key, ByteView data, ByteView signature) {
    const Bytes der = algorithm == Algorithm::es256 ? der_of(signature) : Bytes();
    const ByteView shown = algorithm == Algorithm::es256 ? ByteView(der) : signature;
    if (shown.empty()) return false;
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* settings = nullptr;
    if (!context || EVP_DigestVerifyInit(context.get(), &settings, digest_of(algorithm), nullptr, key) != 1 ||
        !set_padding(algorithm, settings))
        fail("a verification could not begin");
    const bool right = EVP_DigestVerify(context.get(), shown.data(), shown.size(), data.data(), data.size()) == 1;
    if (!right) ERR_clear_error();
    return right;
}

}  // namespace symbolon::crypto::jose
