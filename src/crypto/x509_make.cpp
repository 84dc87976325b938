#include "base/error.hpp"
#include "crypto/pem.hpp"
#include "crypto/random.hpp"
#include "crypto/rsa.hpp"
#include "crypto/x509.hpp"

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <string>

namespace symbolon::crypto::x509 {

namespace {

void require(bool succeeded) {
    if (!succeeded) throw Error(Errc::internal, {}, "a certificate could not be made");
}

/// The parts that a root and a leaf have in common.
struct Blank {
    std::string common_name;
    Instant not_before, not_after;
    EVP_PKEY* key;
};

CertificatePtr make_blank(const Blank& blank) {
    CertificatePtr certificate(X509_new());
    require(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);

    Bytes serial = SystemRandom().bytes(16);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7F) | 0x40);  // positive, of full length
    const BignumPtr number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    require(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get())));

    require(ASN1_TIME_set(X509_getm_notBefore(certificate.get()), to_seconds(blank.not_before)));
    require(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), to_seconds(blank.not_after)));
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const auto* text = bytes_of(blank.common_name).data();
    require(X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, text,
                                       static_cast<int>(blank.common_name.size()), -1, 0) == 1);
    require(X509_set_pubkey(certificate.get(), blank.key) == 1);
    return certificate;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

/// The name is put in as an object, not as configuration text, where a comma would begin another name.
void add_dns_name(X509* certificate, std::string_view dns_name) {
    const std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>> names(GENERAL_NAMES_new());
    GENERAL_NAME* name = GENERAL_NAME_new();
    ASN1_IA5STRING* text = ASN1_IA5STRING_new();
    require(names && name && text && ASN1_STRING_set(text, dns_name.data(), static_cast<int>(dns_name.size())) == 1);
    GENERAL_NAME_set0_value(name, GEN_DNS, text);
    require(sk_GENERAL_NAME_push(names.get(), name) > 0);
    require(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1);
}

}  // namespace

LocalAuthority make_local_authority(std::string_view dns_name, Instant not_before, Instant not_after) {
    const KeyPtr root_key = rsa::generate(2048);
    const CertificatePtr root = make_blank({"Symbolon local root", not_before, not_after, root_key.get()});
    require(X509_set_issuer_name(root.get(), X509_get_subject_name(root.get())) == 1);
    add_extension(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(root.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(root.get(), root.get(), NID_subject_key_identifier, "hash");
    require(X509_sign(root.get(), root_key.get(), EVP_sha256()) > 0);

    const KeyPtr leaf_key = rsa::generate(2048);
    const auto make_leaf = [&](std::string_view name, Instant end) {
        const CertificatePtr leaf = make_blank({"Symbolon request signing", not_before, end, leaf_key.get()});
        require(X509_set_issuer_name(leaf.get(), X509_get_subject_name(root.get())) == 1);
        add_extension(leaf.get(), root.get(), NID_basic_constraints, "critical,CA:FALSE");
        add_extension(leaf.get(), root.get(), NID_key_usage, "critical,digitalSignature");
        add_extension(leaf.get(), root.get(), NID_subject_key_identifier, "hash");
        add_extension(leaf.get(), root.get(), NID_authority_key_identifier, "keyid");
        add_dns_name(leaf.get(), name);
        require(X509_sign(leaf.get(), root_key.get(), EVP_sha256()) > 0);
        return pem::to_text(leaf.get());
    };
    return {pem::to_text(root.get()), make_leaf(dns_name, not_after), pem::to_text(leaf_key.get()),
            make_leaf("other." + std::string(dns_name), not_after),
            make_leaf(dns_name, not_before + std::chrono::minutes(1))};
}

}  // namespace symbolon::crypto::x509
