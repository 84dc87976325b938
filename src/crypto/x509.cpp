#include "crypto/x509.hpp"

#include "base/error.hpp"
#include "crypto/pem.hpp"
#include "crypto/rsa.hpp"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <utility>

namespace symbolon::crypto::x509 {

namespace {

/// Certificates between leaf and root.
constexpr int max_intermediates = 6;
/// 112 bits: no RSA below 2048 bits and no SHA-1 on the way to the root.
constexpr int security_level = 2;

[[noreturn]] void refuse(std::string why) {
    ERR_clear_error();
    throw Error(Errc::not_authorized, "The certificate chain is not trusted.", std::move(why));
}

struct StackDeleter {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }  // the certificates are owned elsewhere
};

/// dNSName entries only: the common name has no say (RFC 9525 §2), and a wildcard is not the name itself.
bool has_dns_name(X509* certificate, std::string_view wanted) {
    const std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_DNS) continue;
        const auto* data = ASN1_STRING_get0_data(name->d.dNSName);
        const ByteView bytes(data, static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        if (std::ranges::equal(text_of(bytes), wanted, {}, lower, lower)) return true;
    }
    return false;
}

Instant to_instant(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) refuse("a certificate's time cannot be read");
    return from_ms(std::int64_t{timegm(&parts)} * 1000);
}

void check_leaf(X509* leaf, std::string_view dns_name) {
    if (!has_dns_name(leaf, dns_name)) refuse("the leaf is for another name");
    if (X509_get_extension_flags(leaf) & EXFLAG_CA) refuse("the leaf is a certificate authority");
    if (!(X509_get_key_usage(leaf) & KU_DIGITAL_SIGNATURE)) refuse("the leaf's key is not for signatures");
    if (!rsa::is_acceptable(X509_get0_pubkey(leaf))) refuse("the leaf's key is not RSA of 2048 to 8192 bits");
}

StorePtr make_store(const std::vector<std::string>& roots_pem, bool system_roots) {
    StorePtr store(X509_STORE_new());
    if (!store) throw Error(Errc::internal, {}, "out of memory");
    for (const std::string& text : roots_pem) {
        for (const CertificatePtr& root : pem::parse_certificates(text)) X509_STORE_add_cert(store.get(), root.get());
    }
    if (system_roots) X509_STORE_set_default_paths(store.get());
    ERR_clear_error();
    return store;
}

}  // namespace

struct TrustedChain::Key {
    explicit Key(EVP_PKEY* key) : with_sha256(key, rsa::Hash::sha256), with_sha1(key, rsa::Hash::sha1) {}
    rsa::Verifier with_sha256, with_sha1;
};

Bytes sign_sha256(std::string_view key_pem, ByteView data) {
    const KeyPtr key = pem::parse_private_key(key_pem);
    if (!rsa::is_acceptable(key.get())) {
        throw Error(Errc::invalid_parameter, "The private key is not an RSA key of at least 2048 bits in PEM.");
    }
    return rsa::sign_sha256(key.get(), data);
}

TrustedChain TrustedChain::verify(std::string_view chain_pem, std::string_view dns_name,
                                  const std::vector<std::string>& roots_pem, bool system_roots, Instant now) {
    const std::vector<CertificatePtr> chain = pem::parse_certificates(chain_pem);
    if (chain.empty()) refuse("the chain is not a list of certificates in PEM");
    X509* leaf = chain.front().get();
    check_leaf(leaf, dns_name);

    const StorePtr store = make_store(roots_pem, system_roots);
    const std::unique_ptr<STACK_OF(X509), StackDeleter> others(sk_X509_new_null());
    for (std::size_t i = 1; i < chain.size(); ++i) sk_X509_push(others.get(), chain[i].get());
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store.get(), leaf, others.get()) != 1) {
        throw Error(Errc::internal, {}, "certificate verification could not begin");
    }
    X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(param, to_seconds(now));
    X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
    X509_VERIFY_PARAM_set_depth(param, max_intermediates);
    X509_VERIFY_PARAM_set_auth_level(param, security_level);
    if (X509_verify_cert(context.get()) != 1) {
        refuse(X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())));
    }

    TrustedChain out;
    out.key_ = std::make_shared<const Key>(X509_get0_pubkey(leaf));
    out.not_before_ = Instant::min();
    out.not_after_ = Instant::max();
    STACK_OF(X509)* path = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(path); ++i) {
        const X509* certificate = sk_X509_value(path, i);
        out.not_before_ = std::max(out.not_before_, to_instant(X509_get0_notBefore(certificate)));
        out.not_after_ = std::min(out.not_after_, to_instant(X509_get0_notAfter(certificate)));
    }
    return out;
}

bool TrustedChain::verify_sha256(ByteView data, ByteView signature) const {
    return key_ && key_->with_sha256.verify(data, signature);
}

bool TrustedChain::verify_sha1(ByteView data, ByteView signature) const {
    return key_ && key_->with_sha1.verify(data, signature);
}

}  // namespace symbolon::crypto::x509
