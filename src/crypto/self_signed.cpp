#include "crypto/self_signed.hpp"

#include "base/error.hpp"
#include "crypto/openssl_ptr.hpp"
#include "crypto/random.hpp"
#include "crypto/rsa.hpp"

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <memory>

namespace symbolon::crypto {
namespace {

void require(bool succeeded) {
    if (!succeeded) throw Error(Errc::internal, {}, "a certificate could not be made");
}

void set_serial(X509* certificate) {
    Bytes serial = SystemRandom().bytes(16);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7F) | 0x40);  // positive, of full length
    const BignumPtr number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    require(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)));
}

void add_extension(X509* certificate, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Bytes to_der(X509* certificate) {
    const int size = i2d_X509(certificate, nullptr);
    require(size > 0);
    Bytes der(static_cast<std::size_t>(size));
    auto* out = der.data();
    require(i2d_X509(certificate, &out) == size);
    return der;
}

}  // namespace

SelfSigned make_self_signed(std::string_view common_name, Instant not_before, Instant not_after) {
    const KeyPtr key = rsa::generate(2048);
    const CertificatePtr certificate(X509_new());
    require(key && certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    set_serial(certificate.get());
    require(ASN1_TIME_set(X509_getm_notBefore(certificate.get()), to_seconds(not_before)));
    require(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), to_seconds(not_after)));
    X509_NAME* name = X509_get_subject_name(certificate.get());
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytes_of(common_name).data(),
                                       static_cast<int>(common_name.size()), -1, 0) == 1);
    require(X509_set_issuer_name(certificate.get(), name) == 1);
    require(X509_set_pubkey(certificate.get(), key.get()) == 1);
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(certificate.get(), NID_subject_key_identifier, "hash");
    require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    return {to_der(certificate.get()), rsa::to_pkcs8(key.get())};
}

}  // namespace symbolon::crypto
