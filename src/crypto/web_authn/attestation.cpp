#include "crypto/web_authn/attestation.hpp"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace symbolon::crypto::web_authn {
namespace {

/// Registered formats (IANA, "WebAuthn Attestation Statement Format Identifiers") that are not looked into.
constexpr std::array<std::string_view, 6> unchecked_formats{"tpm",      "android-key", "android-safetynet",
                                                            "fido-u2f", "apple",       "compound"};
constexpr std::size_t max_chain = 8;
constexpr const char* aaguid_extension = "1.3.6.1.4.1.45724.1.1.4";  // id-fido-gen-ce-aaguid

using ObjectPtr = std::unique_ptr<ASN1_OBJECT, FreedBy<ASN1_OBJECT_free>>;

std::optional<Algorithm> to_algorithm(const std::int64_t* number) {
    if (!number || std::ranges::find(algorithms, *number) == algorithms.end()) return std::nullopt;
    return static_cast<Algorithm>(*number);
}

CertificatePtr parse_certificate(ByteView der) {
    const unsigned char* at = der.data();
    CertificatePtr out(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!out || at != der.data() + der.size()) return nullptr;
    return out;
}

bool has_organizational_unit(X509* certificate, std::string_view wanted) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_organizationalUnitName, -1);
    if (at < 0) return false;
    const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    return text_of({ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text))}) == wanted;
}

/// The extension that names the model must name this one; a certificate may do without it.
bool is_of_model(X509* certificate, const Aaguid& aaguid) {
    const ObjectPtr name(OBJ_txt2obj(aaguid_extension, 1));
    const int at = X509_get_ext_by_OBJ(certificate, name.get(), -1);
    if (at < 0) return true;
    X509_EXTENSION* extension = X509_get_ext(certificate, at);
    const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(extension);
    const ByteView data(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
    // An octet string in an octet string.
    constexpr std::array<std::uint8_t, 2> head{0x04, 0x10};
    return X509_EXTENSION_get_critical(extension) == 0 && data.size() == head.size() + aaguid.size() &&
           std::ranges::equal(data.first(head.size()), head) && std::ranges::equal(data.subspan(head.size()), aaguid);
}

/// Spec: WebAuthn §8.2.1.
bool is_attestation_certificate(X509* certificate, const Aaguid& aaguid) {
    constexpr long version_3 = 2;
    const std::uint32_t flags = X509_get_extension_flags(certificate);
    return X509_get_version(certificate) == version_3 && (flags & EXFLAG_INVALID) == 0 && (flags & EXFLAG_CA) == 0 &&
           (flags & EXFLAG_BCONS) != 0 && has_organizational_unit(certificate, "Authenticator Attestation") &&
           is_of_model(certificate, aaguid);
}

bool verify_with_certificate(const cbor::Value& chain, Algorithm algorithm, const Aaguid& aaguid, ByteView signed_data,
                             ByteView signature) {
    const auto* certificates = chain.array();
    if (!certificates || certificates->empty() || certificates->size() > max_chain) return false;
    if (!std::ranges::all_of(*certificates, [](const cbor::Value& item) { return item.bytes() != nullptr; }))
        return false;
    const CertificatePtr leaf = parse_certificate(*certificates->front().bytes());
    if (!leaf || !is_attestation_certificate(leaf.get(), aaguid)) return false;
    EVP_PKEY* key = X509_get0_pubkey(leaf.get());
    return fits(algorithm, key) && verify_signature(algorithm, key, signed_data, signature);
}

std::optional<Fault> check_packed(const cbor::Value& statement, const PublicKey& key, const Aaguid& aaguid,
                                  ByteView signed_data) {
    const auto algorithm = to_algorithm(statement.find_integer("alg"));
    const auto* signature = statement.find_bytes("sig");
    if (statement.find("ecdaaKeyId")) return Fault::unsupported_attestation;
    if (!algorithm || !signature) return Fault::wrong_attestation;
    bool right = false;
    if (const auto* chain = statement.find("x5c"))
        right = verify_with_certificate(*chain, *algorithm, aaguid, signed_data, *signature);
    else  // by the credential itself
        right = *algorithm == key.algorithm && verify_signature(*algorithm, key.key.get(), signed_data, *signature);
    ERR_clear_error();
    if (!right) return Fault::wrong_attestation;
    return std::nullopt;
}

}  // namespace

std::optional<AttestationObject> parse_attestation(ByteView bytes) {
    if (bytes.size() > max_attestation) return std::nullopt;
    auto parsed = cbor::parse(bytes);
    if (!parsed || !parsed->map()) return std::nullopt;
    const auto* format = parsed->find("fmt");
    const auto* statement = parsed->find("attStmt");
    const auto* data = parsed->find_bytes("authData");
    if (!format || !format->text() || !statement || !statement->map() || !data) return std::nullopt;
    return AttestationObject{*format->text(), *statement, *data};
}

std::optional<Fault> check_attestation(const AttestationObject& attestation, const PublicKey& key, const Aaguid& aaguid,
                                       ByteView signed_data) {
    if (attestation.format == "packed") return check_packed(attestation.statement, key, aaguid, signed_data);
    if (attestation.format == "none") {
        if (!attestation.statement.map()->entries.empty()) return Fault::wrong_attestation;
        return std::nullopt;
    }
    if (std::ranges::find(unchecked_formats, attestation.format) != unchecked_formats.end()) return std::nullopt;
    return Fault::unsupported_attestation;
}

}  // namespace symbolon::crypto::web_authn
