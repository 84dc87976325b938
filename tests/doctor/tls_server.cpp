#include "tls_server.hpp"

#include "../crypto/test_keys.hpp"

#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace symbolon::doctor::test {

namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

struct Names {
    std::string organization, common_name, alternative;
    Instant not_before, not_after;
    bool authority = false;
};

Key ec_key(const char* curve) {
    return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), EVP_PKEY_free);
}

Key rsa_key() {
    const auto der = test_key(0).to_der();
    const auto* at = der.data();
    return Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())), EVP_PKEY_free);
}

void extend(X509* certificate, int kind, const std::string& value) {
    const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()), X509_EXTENSION_free);
    X509_add_ext(certificate, extension.get(), -1);
}

Certificate certify(const Names& names, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key) {
    Certificate out(X509_new(), X509_free);
    X509_set_version(out.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(out.get()), names.authority ? 2 : 3);
    ASN1_TIME_set(X509_getm_notBefore(out.get()), to_seconds(names.not_before));
    ASN1_TIME_set(X509_getm_notAfter(out.get()), to_seconds(names.not_after));
    const auto add = [&](const char* field, const std::string& text) {
        X509_NAME_add_entry_by_txt(X509_get_subject_name(out.get()), field, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()),
                                   -1, 0);
    };
    add("O", names.organization);
    add("CN", names.common_name);
    X509_set_issuer_name(out.get(), X509_get_subject_name(issuer != nullptr ? issuer : out.get()));
    X509_set_pubkey(out.get(), key);
    if (names.authority) extend(out.get(), NID_basic_constraints, "critical,CA:TRUE");
    if (!names.alternative.empty()) extend(out.get(), NID_subject_alt_name, names.alternative);
    X509_sign(out.get(), issuer_key, EVP_sha256());
    return out;
}

int warn_of_name(SSL*, int* alert, void*) {
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_TLSEXT_ERR_ALERT_WARNING;
}

std::string write_root(X509* root, std::uint16_t port) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("symbolon-doctor-" + std::to_string(::getpid()) + "-" + std::to_string(port) + ".pem");
    const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new_file(file.c_str(), "w"), BIO_free);
    PEM_write_bio_X509(out.get(), root);
    return file.string();
}

}  // namespace

TlsServer::TlsServer(const Rules& rules) : context_(SSL_CTX_new(TLS_server_method())) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto& wish = rules.leaf;
    const auto root_key = rsa_key(), middle_key = ec_key("P-256"), leaf_key = ec_key(wish.curve);
    const auto long_ago = from_ms(1'600'000'000'000), far_away = from_ms(2'500'000'000'000);
    const auto root =
        certify({"Example", "Root", "", long_ago, far_away, true}, root_key.get(), nullptr, root_key.get());
    const auto middle = certify({wish.organization, "Intermediate", "", long_ago, far_away, true}, middle_key.get(),
                                root.get(), root_key.get());
    const auto leaf = certify({"Example", wish.common_name, wish.names, wish.not_before, wish.not_after, false},
                              leaf_key.get(), middle.get(), middle_key.get());
    SSL_CTX_use_certificate(context_, leaf.get());
    SSL_CTX_use_PrivateKey(context_, leaf_key.get());
    if (wish.with_intermediate) SSL_CTX_add1_chain_cert(context_, middle.get());
    if (rules.least_version != 0) SSL_CTX_set_min_proto_version(context_, rules.least_version);
    if (rules.ciphers != nullptr) SSL_CTX_set_cipher_list(context_, rules.ciphers);
    if (!rules.knows_name)
        SSL_CTX_callback_ctrl(context_, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, reinterpret_cast<void (*)()>(warn_of_name));
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(listener_, 8) != 0)
        throw std::runtime_error("no port for a test's server");
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    ca_file_ = write_root(root.get(), port_);
    thread_ = std::thread([this] { serve(); });
}

TlsServer::~TlsServer() {
    stop_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    SSL_CTX_free(context_);
    std::filesystem::remove(ca_file_);
}

void TlsServer::serve() {
    while (!stop_) {
        const int connection = ::accept(listener_, nullptr, nullptr);
        if (connection < 0) continue;
        const std::unique_ptr<SSL, void (*)(SSL*)> tls(SSL_new(context_), SSL_free);
        SSL_set_fd(tls.get(), connection);
        SSL_accept(tls.get());
        ::close(connection);
    }
}

}  // namespace symbolon::doctor::test
