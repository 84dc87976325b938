#include "net/certificate_files.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <fstream>
#include <memory>
#include <stdexcept>

namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

/// What `write` puts into a memory BIO.
template <class Write>
std::string pem(Write write) {
    const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), BIO_free);
    write(memory.get());
    std::string text(BIO_ctrl_pending(memory.get()), '\0');
    BIO_read(memory.get(), text.data(), static_cast<int>(text.size()));
    return text;
}

/// An elliptic-curve key: an RSA one takes a second to make.
Key make_key() {
    return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free);
}

Certificate make_certificate(EVP_PKEY* key, const std::string& dns_name) {
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 24L * 3600);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(dns_name.data()),
                               static_cast<int>(dns_name.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key);
    const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> alternative(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + dns_name).c_str()), X509_EXTENSION_free);
    X509_add_ext(certificate.get(), alternative.get(), -1);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

}  // namespace

CertificateFiles::CertificateFiles() {
    auto pattern = (std::filesystem::temp_directory_path() / "symbolon-tls-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
}

CertificateFiles::~CertificateFiles() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

symbolon::net::TlsFiles CertificateFiles::make(const std::string& name, const std::string& dns_name) {
    const auto key = make_key();
    const auto certificate = make_certificate(key.get(), dns_name);
    symbolon::net::TlsFiles files{folder_ / (name + ".pem"), folder_ / (name + ".key")};
    write(files.certificate, pem([&](BIO* out) { PEM_write_bio_X509(out, certificate.get()); }));
    write(files.key,
          pem([&](BIO* out) { PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); }));
    return files;
}

void CertificateFiles::write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::trunc) << text;
    changed_ += std::chrono::seconds(2);  // two changes within the file system's resolution would look like one
    std::filesystem::last_write_time(path, changed_);
}
