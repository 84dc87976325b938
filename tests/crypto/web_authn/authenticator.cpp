#include "crypto/web_authn/authenticator.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <utility>

namespace symbolon::crypto::web_authn {
namespace {

namespace json = boost::json;

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(what);
}

Bytes head(int major, std::uint64_t argument) {
    const auto first = static_cast<std::uint8_t>(major << 5);
    if (argument < 24) return {static_cast<std::uint8_t>(first | argument)};
    if (argument < 0x100) return {static_cast<std::uint8_t>(first | 24), static_cast<std::uint8_t>(argument)};
    require(argument < 0x10000, "too long for a test");
    return {static_cast<std::uint8_t>(first | 25), static_cast<std::uint8_t>(argument >> 8),
            static_cast<std::uint8_t>(argument)};
}

void append(Bytes& out, ByteView more) {
    out.insert(out.end(), more.begin(), more.end());
}

Bytes joined(ByteView a, ByteView b) {
    Bytes out(a.begin(), a.end());
    append(out, b);
    return out;
}

KeyPtr generate(int algorithm) {
    switch (algorithm) {
        case -7:
            return KeyPtr(EVP_EC_gen("P-256"));
        case -257:
            return KeyPtr(EVP_RSA_gen(2048));
        case -8:
            return KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
        default:
            throw std::invalid_argument("no such algorithm");
    }
}

Bytes number(EVP_PKEY* key, const char* name, std::size_t size = 0) {
    BIGNUM* raw = nullptr;
    require(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "no such number");
    const BignumPtr owned(raw);
    Bytes out(size == 0 ? static_cast<std::size_t>(BN_num_bytes(raw)) : size);
    BN_bn2binpad(raw, out.data(), static_cast<int>(out.size()));
    return out;
}

Bytes sign_with(EVP_PKEY* key, bool prehashed, ByteView data) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    std::size_t size = 0;
    require(EVP_DigestSignInit(context.get(), nullptr, prehashed ? nullptr : EVP_sha256(), nullptr, key) == 1 &&
                EVP_DigestSign(context.get(), nullptr, &size, data.data(), data.size()) == 1,
            "cannot sign");
    Bytes out(size);
    require(EVP_DigestSign(context.get(), out.data(), &size, data.data(), data.size()) == 1, "cannot sign");
    out.resize(size);
    return out;
}

void add_extension(X509* certificate, int nid, const char* value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
    require(extension != nullptr, "no extension");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void add_aaguid(X509* certificate, const Bytes& aaguid) {
    const Bytes inner = joined(Bytes{0x04, static_cast<std::uint8_t>(aaguid.size())}, aaguid);
    ASN1_OCTET_STRING* value = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(value, inner.data(), static_cast<int>(inner.size()));
    ASN1_OBJECT* name = OBJ_txt2obj("1.3.6.1.4.1.45724.1.1.4", 1);
    X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, name, 0, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    ASN1_OBJECT_free(name);
    ASN1_OCTET_STRING_free(value);
}

Bytes make_certificate(EVP_PKEY* key, const CertificateFlaws& flaws) {
    const CertificatePtr certificate(X509_new());
    X509_set_version(certificate.get(), flaws.version);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const auto add = [&](const char* field, const std::string& text) {
        X509_NAME_add_entry_by_txt(subject, field, MBSTRING_ASC, reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()), -1, 0);
    };
    add("C", "SE");
    add("O", "Test");
    if (!flaws.organizational_unit.empty()) add("OU", flaws.organizational_unit);
    add("CN", "Test attestation");
    X509_set_issuer_name(certificate.get(), subject);
    X509_set_pubkey(certificate.get(), key);
    if (flaws.basic_constraints)
        add_extension(certificate.get(), NID_basic_constraints, flaws.authority ? "CA:TRUE" : "CA:FALSE");
    if (flaws.aaguid) add_aaguid(certificate.get(), *flaws.aaguid);
    require(X509_sign(certificate.get(), key, EVP_sha256()) > 0, "cannot sign a certificate");
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    Bytes out(der, der + size);
    OPENSSL_free(der);
    return out;
}

std::string text_member(const json::object& in, std::string_view name) {
    return std::string(in.at(name).as_string());
}

}  // namespace

Bytes cbor_integer(std::int64_t number) {
    return number >= 0 ? head(0, static_cast<std::uint64_t>(number)) : head(1, static_cast<std::uint64_t>(-1 - number));
}
Bytes cbor_bytes(ByteView bytes) {
    return joined(head(2, bytes.size()), bytes);
}
Bytes cbor_text(std::string_view text) {
    return joined(head(3, text.size()), bytes_of(text));
}
Bytes cbor_array(const std::vector<Bytes>& items) {
    Bytes out = head(4, items.size());
    for (const Bytes& item : items) append(out, item);
    return out;
}
Bytes cbor_map(const std::vector<std::pair<Bytes, Bytes>>& entries) {
    Bytes out = head(5, entries.size());
    for (const auto& [key, value] : entries) {
        append(out, key);
        append(out, value);
    }
    return out;
}

CredentialKey::CredentialKey(int algorithm) : algorithm_(algorithm), key_(generate(algorithm)) {}

Bytes CredentialKey::cose() const {
    const auto entry = [](std::int64_t label, Bytes value) { return std::pair(cbor_integer(label), std::move(value)); };
    switch (algorithm_) {
        case -7:
            return cbor_map({entry(1, cbor_integer(2)), entry(3, cbor_integer(-7)), entry(-1, cbor_integer(1)),
                             entry(-2, cbor_bytes(number(get(), OSSL_PKEY_PARAM_EC_PUB_X, 32))),
                             entry(-3, cbor_bytes(number(get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32)))});
        case -257:
            return cbor_map({entry(1, cbor_integer(3)), entry(3, cbor_integer(-257)),
                             entry(-1, cbor_bytes(number(get(), OSSL_PKEY_PARAM_RSA_N))),
                             entry(-2, cbor_bytes(number(get(), OSSL_PKEY_PARAM_RSA_E)))});
        default: {
            Bytes x(32);
            std::size_t size = x.size();
            require(EVP_PKEY_get_raw_public_key(get(), x.data(), &size) == 1, "no public key");
            return cbor_map({entry(1, cbor_integer(1)), entry(3, cbor_integer(-8)), entry(-1, cbor_integer(6)),
                             entry(-2, cbor_bytes(x))});
        }
    }
}

Bytes CredentialKey::sign(ByteView data) const {
    return sign_with(get(), algorithm_ == -8, data);
}

Authenticator::Authenticator(int algorithm) : key(algorithm) {}

Bytes Authenticator::client_data(std::string_view ceremony, ByteView challenge) {
    json::object data{{"type", type.empty() ? std::string(ceremony) : type},
                      {"challenge", to_base64url(challenge)},
                      {"origin", origin},
                      {"crossOrigin", false}};
    if (change_client_data) change_client_data(data);
    const std::string text = json::serialize(data);
    return Bytes(text.begin(), text.end());
}

Bytes Authenticator::authenticator_data(bool attested) {
    if (counts) ++sign_count;
    const Digest hash = sha256(relying_party);
    Bytes out(hash.begin(), hash.end());
    out.push_back(static_cast<std::uint8_t>(attested ? flags | 0x40 : flags));
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(sign_count >> shift));
    if (attested) {
        append(out, aaguid);
        out.push_back(static_cast<std::uint8_t>(id.size() >> 8));
        out.push_back(static_cast<std::uint8_t>(id.size()));
        append(out, id);
        append(out, key.cose());
    }
    if (change_data) change_data(out);
    return out;
}

Authenticator::Created Authenticator::create(ByteView challenge) {
    Created out;
    out.client_data = client_data("webauthn.create", challenge);
    const Bytes data = authenticator_data(true);
    const Bytes statement =
        make_statement ? make_statement(joined(data, sha256(ByteView(out.client_data)))) : cbor_map({});
    out.attestation_object = cbor_map({{cbor_text("fmt"), cbor_text(format)},
                                       {cbor_text("attStmt"), statement},
                                       {cbor_text("authData"), cbor_bytes(data)}});
    return out;
}

Authenticator::Asserted Authenticator::get(ByteView challenge) {
    Asserted out;
    out.client_data = client_data("webauthn.get", challenge);
    out.authenticator_data = authenticator_data(false);
    out.signature = key.sign(joined(out.authenticator_data, sha256(ByteView(out.client_data))));
    return out;
}

json::object Authenticator::create(const json::object& options) {
    const auto created = create(*parse_base64url(text_member(options, "challenge")));
    return {{"id", to_base64url(id)},
            {"rawId", to_base64url(id)},
            {"type", "public-key"},
            {"authenticatorAttachment", "platform"},
            {"clientExtensionResults", json::object{}},
            {"response", json::object{{"clientDataJSON", to_base64url(created.client_data)},
                                      {"attestationObject", to_base64url(created.attestation_object)},
                                      {"transports", json::array{"internal", "hybrid"}}}}};
}

json::object Authenticator::get(const json::object& options, std::string_view user_handle) {
    const auto asserted = get(*parse_base64url(text_member(options, "challenge")));
    json::object response{{"clientDataJSON", to_base64url(asserted.client_data)},
                          {"authenticatorData", to_base64url(asserted.authenticator_data)},
                          {"signature", to_base64url(asserted.signature)}};
    if (!user_handle.empty()) response["userHandle"] = to_base64url(bytes_of(user_handle));
    return {{"id", to_base64url(id)},
            {"rawId", to_base64url(id)},
            {"type", "public-key"},
            {"clientExtensionResults", json::object{}},
            {"response", std::move(response)}};
}

std::function<Bytes(ByteView)> self_attestation(const Authenticator& authenticator) {
    return [&](ByteView signed_data) {
        return cbor_map({{cbor_text("alg"), cbor_integer(authenticator.key.algorithm())},
                         {cbor_text("sig"), cbor_bytes(authenticator.key.sign(signed_data))}});
    };
}

std::function<Bytes(ByteView)> certified_attestation(const CertificateFlaws& flaws) {
    return [flaws](ByteView signed_data) {
        const CredentialKey certified(-7);
        const CredentialKey other(-7);
        const auto& signer = flaws.another_key ? other : certified;
        return cbor_map({{cbor_text("alg"), cbor_integer(-7)},
                         {cbor_text("sig"), cbor_bytes(signer.sign(signed_data))},
                         {cbor_text("x5c"), cbor_array({cbor_bytes(make_certificate(certified.get(), flaws))})}});
    };
}

}  // namespace symbolon::crypto::web_authn
