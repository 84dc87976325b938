#include "crypto/pem.hpp"

#include "base/error.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cstddef>

namespace symbolon::crypto::pem {

namespace {

constexpr std::size_t max_size = 64 * 1024;
constexpr std::size_t max_certificates = 8;

/// Without it OpenSSL would ask on the terminal.
int no_pass_phrase(char*, int, int, void*) {
    return -1;
}

BioPtr open(std::string_view text) {
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string contents(const BioPtr& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return std::string(data, static_cast<std::size_t>(size));
}

}  // namespace

std::vector<CertificatePtr> parse_certificates(std::string_view text) {
    std::vector<CertificatePtr> out;
    if (text.size() > max_size) return out;
    ERR_clear_error();
    const BioPtr bio = open(text);
    while (CertificatePtr next{PEM_read_bio_X509(bio.get(), nullptr, no_pass_phrase, nullptr)}) {
        out.push_back(std::move(next));
        if (out.size() > max_certificates) break;
    }
    // The end of the text reads as "no start line"; anything else is a broken certificate.
    const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (!at_end) out.clear();
    return out;
}

KeyPtr parse_private_key(std::string_view text) {
    KeyPtr key;
    if (text.size() <= max_size) key.reset(PEM_read_bio_PrivateKey(open(text).get(), nullptr, no_pass_phrase, nullptr));
    ERR_clear_error();
    return key;
}

std::string to_text(X509* certificate) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(bio.get(), certificate) != 1) throw Error(Errc::internal, {}, "PEM could not be written");
    return contents(bio);
}

std::string to_text(EVP_PKEY* key) {
    const BioPtr bio(BIO_new(BIO_s_secmem()));
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        throw Error(Errc::internal, {}, "PEM could not be written");
    }
    return contents(bio);
}

}  // namespace symbolon::crypto::pem
