#include "crypto/certificate_signature.hpp"

#include "crypto/openssl_ptr.hpp"
#include "crypto/rsa.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace symbolon::crypto::x509 {
namespace {

const EVP_MD* algorithm_of(Digest digest) {
    switch (digest) {
        case Digest::sha256:
            return EVP_sha256();
        case Digest::sha384:
            return EVP_sha384();
        case Digest::sha512:
            return EVP_sha512();
    }
    return nullptr;
}

}  // namespace

bool is_signed_by_certificate(ByteView certificate, Digest digest, ByteView data, ByteView signature) {
    const auto* der = certificate.data();
    const CertificatePtr parsed(d2i_X509(nullptr, &der, static_cast<long>(certificate.size())));
    auto* key = parsed ? X509_get0_pubkey(parsed.get()) : nullptr;
    const DigestContextPtr context(EVP_MD_CTX_new());
    const bool is_right =
        key && context && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && rsa::is_acceptable(key) &&
        EVP_DigestVerifyInit(context.get(), nullptr, algorithm_of(digest), nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), data.data(), data.size()) == 1;
    if (!is_right) ERR_clear_error();  // what is left there is taken for a failure of the next one who asks
    return is_right;
}

}  // namespace symbolon::crypto::x509
