#include "sdk/platform.hpp"

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/encoding.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace symbolon::skill::testing {

namespace {

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;
using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using CertificatePtr = std::unique_ptr<X509, decltype(&X509_free)>;

KeyPtr read_key(const std::string& pem) {
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    return {PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

void add_extension(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    if (extension == nullptr) throw std::runtime_error("no extension " + value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

Time noon() {
    using namespace std::chrono;
    return sys_days{year{2026} / 11 / 22} + 16h + 3min;
}

const LocalAuthority& trusted_authority() {
    static const auto authority =
        crypto::x509::make_local_authority(chain_name, noon() - std::chrono::years{1}, noon() + std::chrono::years{1});
    return authority;
}

Platform::Platform() : roots{trusted_authority().root_pem} {
    published[std::string(chain_url)] = {200, {}, trusted_authority().chain_pem()};
}

Fetch Platform::fetch() {
    return [this](const FetchRequest& request) -> HttpResponse {
        fetched.push_back(request.url);
        const auto found = published.find(request.url);
        if (found == published.end()) throw FetchError("no such host");
        return found->second;
    };
}

Now Platform::clock() {
    return [this] { return now; };
}

TrustProfile Platform::profile() const {
    auto rules = TrustRules::at("https://chains.assistant.test/echo.api/");
    rules.names = {std::string(chain_name)};
    rules.roots_pem = roots;
    return TrustProfile::local(std::move(rules));
}

json::object Platform::envelope() {
    auto envelope = json::parse(R"({
        "version": "1.0",
        "session": {"new": true, "sessionId": "amzn1.echo-api.session.1", "attributes": {},
                    "application": {"applicationId": "?"}, "user": {"userId": "amzn1.ask.account.A"}},
        "context": {"System": {"application": {"applicationId": "?"},
                               "user": {"userId": "amzn1.ask.account.A", "accessToken": "token-good"}}},
        "request": {"type": "IntentRequest", "locale": "en-US",
                    "intent": {"name": "MyPhoneNumberIntent", "confirmationStatus": "NONE"}}})")
                        .as_object();
    envelope["session"].at("application").as_object()["applicationId"] = skill_id;
    envelope["context"].at("System").at("application").as_object()["applicationId"] = skill_id;
    envelope["request"].as_object()["timestamp"] = to_iso(now);
    envelope["request"].as_object()["requestId"] = "amzn1.echo-api.request." + std::to_string(++requests_);
    return envelope;
}

HttpRequest Platform::sign(const json::object& envelope) const {
    return sign(json::serialize(envelope));
}

HttpRequest Platform::sign(std::string body) const {
    return sign_with(trusted_authority(), std::move(body));
}

HttpRequest Platform::sign_with(const LocalAuthority& authority, std::string body) const {
    const auto signature = crypto::x509::sign_sha256(authority.leaf_key_pem, bytes_of(body));
    return {.headers = {{"Content-Type", "application/json;charset=UTF-8"},
                        {"Signature", to_base64(bytes_of("the legacy one, which nobody reads"))},
                        {"Signature-256", to_base64(signature)},
                        {"SignatureCertChainUrl", std::string(chain_url)}},
            .body = std::move(body)};
}

std::string sign_sha1(const std::string& key_pem, std::string_view body) {
    const auto key = read_key(key_pem);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha1(), nullptr, key.get());
    const auto data = bytes_of(body);
    std::size_t size = 0;
    EVP_DigestSign(context.get(), nullptr, &size, data.data(), data.size());
    Bytes signature(size);
    EVP_DigestSign(context.get(), signature.data(), &size, data.data(), data.size());
    return to_base64(signature);
}

std::string self_sign(const std::string& key_pem, std::string_view dns_name, Time from, Time to) {
    const auto key = read_key(key_pem);
    const CertificatePtr certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 7);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), to_seconds(from));
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), to_seconds(to));
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytes_of("myself").data(), 6, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(certificate.get(), NID_subject_alt_name, "DNS:" + std::string(dns_name));
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const BioPtr bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(bio.get(), certificate.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

void set_header(HttpRequest& request, std::string_view name, std::string value) {
    remove_header(request, name);
    request.headers.emplace_back(name, std::move(value));
}

void remove_header(HttpRequest& request, std::string_view name) {
    std::erase_if(request.headers, [&](const auto& header) { return header.first == name; });
}

std::string to_iso(Time time) {
    return to_iso8601(time);
}

}  // namespace symbolon::skill::testing
