#include "crypto/client_certificate.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/ip_address.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/algorithm.hpp"
#include "crypto/jose/key_pair.hpp"
#include "crypto/openssl_ptr.hpp"
#include "crypto/pem.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::crypto::x509 {
namespace {

using NamesPtr = std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>>;

constexpr std::size_t max_certificate = 64 * 1024;  // bytes

CertificatePtr parse_der(ByteView der) {
    if (der.empty() || der.size() > max_certificate) return nullptr;
    const unsigned char* at = der.data();
    CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    return at == der.data() + der.size() ? std::move(certificate) : nullptr;
}

std::string_view text_of_name(const ASN1_STRING* text) {
    return text_of(ByteView(ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text))));
}

bool equal_without_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::optional<IpAddress> to_address(std::string_view bytes) {
    if (bytes.size() == 4) {
        std::array<std::uint8_t, 4> v4{};
        std::copy(bytes.begin(), bytes.end(), v4.begin());
        return IpAddress::from_v4(v4);
    }
    if (bytes.size() != 16) return std::nullopt;
    std::array<std::uint8_t, 16> v6{};
    std::copy(bytes.begin(), bytes.end(), v6.begin());
    return IpAddress::from_v6(v6);
}

bool is_name(const GENERAL_NAME& entry, AlternativeName kind, std::string_view name) {
    switch (kind) {
        case AlternativeName::dns:
            return entry.type == GEN_DNS && equal_without_case(text_of_name(entry.d.dNSName), name);
        case AlternativeName::uri:
            return entry.type == GEN_URI && text_of_name(entry.d.uniformResourceIdentifier) == name;
        case AlternativeName::email:
            return entry.type == GEN_EMAIL && text_of_name(entry.d.rfc822Name) == name;
        case AlternativeName::ip: {
            if (entry.type != GEN_IPADD) return false;
            const auto address = to_address(text_of_name(entry.d.iPAddress));
            return address && address->to_string() == name;
        }
    }
    return false;
}

/// The first of `x5c`, which is base64 and not base64url (RFC 7517 §4.7).
CertificatePtr first_certificate(const boost::json::object& jwk) {
    const auto* chain = jwk.if_contains("x5c");
    const auto* list = chain ? chain->if_array() : nullptr;
    const auto* first = list && !list->empty() ? list->front().if_string() : nullptr;
    const auto der = first ? parse_base64(*first) : std::nullopt;
    return der ? parse_der(*der) : nullptr;
}

KeyPtr key_of(const boost::json::object& jwk) {
    for (const auto algorithm : jose::all_algorithms) {
        const auto* type = jwk.if_contains("kty");
        if (!type || !type->is_string() || type->get_string() != jose::key_type_of(algorithm)) continue;
        try {
            return jose::from_members(algorithm, jwk);
        } catch (const Error&) {
            return nullptr;
        }
    }
    return nullptr;
}

}  // namespace

Authorities Authorities::from_pem(std::string_view text) {
    const auto certificates = pem::parse_certificates(text);
    if (certificates.empty()) throw Error(Errc::invalid_parameter, "Not a list of certificates in PEM.");
    std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
    if (!store) throw Error(Errc::internal, {}, "out of memory");
    for (const auto& certificate : certificates) X509_STORE_add_cert(store.get(), certificate.get());
    X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
    ERR_clear_error();
    Authorities authorities;
    authorities.store_ = std::move(store);
    return authorities;
}

struct ClientCertificate::Impl {
    CertificatePtr certificate;
    std::string thumbprint;
};

std::optional<ClientCertificate> ClientCertificate::parse(ByteView der) {
    auto certificate = parse_der(der);
    if (!certificate) return std::nullopt;
    ClientCertificate out;
    out.impl_ = std::make_shared<Impl>(Impl{std::move(certificate), to_base64url(sha256(der))});
    return out;
}

const std::string& ClientCertificate::thumbprint() const {
    return impl_->thumbprint;
}

std::string ClientCertificate::subject() const {
    const BioPtr out(BIO_new(BIO_s_mem()));
    // Letters beyond ASCII stay as they are: people register a name as they read it.
    const auto flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    X509_NAME_print_ex(out.get(), X509_get_subject_name(impl_->certificate.get()), 0, flags);
    std::string text(BIO_ctrl_pending(out.get()), '\0');
    BIO_read(out.get(), text.data(), static_cast<int>(text.size()));
    return text;
}

bool ClientCertificate::has_name(AlternativeName kind, std::string_view name) const {
    const NamesPtr names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(impl_->certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
    for (int at = 0; names && at < sk_GENERAL_NAME_num(names.get()); ++at) {
        if (is_name(*sk_GENERAL_NAME_value(names.get(), at), kind, name)) return true;
    }
    ERR_clear_error();
    return false;
}

bool ClientCertificate::is_issued_by(const Authorities& authorities, Instant now) const {
    if (authorities.empty()) return false;
    auto* store = static_cast<X509_STORE*>(authorities.store_.get());
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store, impl_->certificate.get(), nullptr) != 1) {
        throw Error(Errc::internal, {}, "out of memory");
    }
    X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(to_seconds(now)));
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_CLIENT);
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);  // 112 bits
    const bool issued = X509_verify_cert(context.get()) == 1;
    ERR_clear_error();
    return issued;
}

bool ClientCertificate::is_valid_at(Instant now) const {
    auto moment = static_cast<std::time_t>(to_seconds(now));
    return X509_cmp_time(X509_get0_notBefore(impl_->certificate.get()), &moment) == -1 &&
           X509_cmp_time(X509_get0_notAfter(impl_->certificate.get()), &moment) == 1;
}

bool ClientCertificate::has_key_of(const boost::json::object& jwk) const {
    EVP_PKEY* const own = X509_get0_pubkey(impl_->certificate.get());
    if (!own) return false;
    bool same = false;
    if (const auto registered = first_certificate(jwk)) {
        EVP_PKEY* const key = X509_get0_pubkey(registered.get());
        same = key && EVP_PKEY_eq(own, key) == 1;
    } else if (const auto key = key_of(jwk)) {
        same = EVP_PKEY_eq(own, key.get()) == 1;
    }
    ERR_clear_error();
    return same;
}

}  // namespace symbolon::crypto::x509
