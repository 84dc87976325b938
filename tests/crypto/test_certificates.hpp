#pragma once

#include "base/clock.hpp"
#include "base/encoding.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace symbolon {

/// What a certificate for tests says. Its key is a new one on P-256, which takes no time to make.
struct TestCertificateWish {
    std::string common_name;
    std::string names = {};  ///< subjectAltName as OpenSSL writes it, e.g. "DNS:client.example"; "": none
    Instant not_before = from_ms(1'700'000'000'000);
    Instant not_after = from_ms(1'900'000'000'000);
};

/// An authority that issues certificates to clients under test.
class TestAuthority {
    using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
    using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

public:
    TestAuthority() : key_(make_key()), certificate_(make({"Test authority"}, key_.get(), nullptr, key_.get(), true)) {}

    std::string pem() const {
        const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_X509(out.get(), certificate_.get());
        std::string text(BIO_ctrl_pending(out.get()), '\0');
        BIO_read(out.get(), text.data(), static_cast<int>(text.size()));
        return text;
    }
    /// DER.
    std::string issue(const TestCertificateWish& wish) const {
        const auto key = make_key();
        return der_of(make(wish, key.get(), certificate_.get(), key_.get(), false));
    }
    static std::string self_signed(const TestCertificateWish& wish) {
        const auto key = make_key();
        return der_of(make(wish, key.get(), nullptr, key.get(), false));
    }

private:
    static Key make_key() { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free); }

    static std::string der_of(const Certificate& certificate) {
        unsigned char* der = nullptr;
        const int size = i2d_X509(certificate.get(), &der);
        std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
        OPENSSL_free(der);
        return text;
    }

    static void add(X509* certificate, int kind, const std::string& value) {
        const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()), X509_EXTENSION_free);
        X509_add_ext(certificate, extension.get(), -1);
    }

    static Certificate make(const TestCertificateWish& wish, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key,
                            bool is_authority) {
        Certificate certificate(X509_new(), X509_free);
        X509_set_version(certificate.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 7);
        ASN1_TIME_set(X509_getm_notBefore(certificate.get()), to_seconds(wish.not_before));
        ASN1_TIME_set(X509_getm_notAfter(certificate.get()), to_seconds(wish.not_after));
        X509_NAME* name = X509_get_subject_name(certificate.get());
        const auto add_name = [&](const char* field, const std::string& text) {
            X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()), -1, 0);
        };
        add_name("C", "DE");
        add_name("O", "Example");
        add_name("CN", wish.common_name);
        X509_set_issuer_name(certificate.get(), issuer ? X509_get_subject_name(issuer) : name);
        X509_set_pubkey(certificate.get(), key);
        add(certificate.get(), NID_basic_constraints, is_authority ? "critical,CA:TRUE" : "CA:FALSE");
        if (!wish.names.empty()) add(certificate.get(), NID_subject_alt_name, wish.names);
        X509_sign(certificate.get(), issuer_key, EVP_sha256());
        return certificate;
    }

    Key key_;
    Certificate certificate_;
};

}  // namespace symbolon
