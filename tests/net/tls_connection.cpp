#include "net/tls_connection.hpp"

#include "net/raw_connection.hpp"

#include <netinet/in.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace {

int connect_to(const std::string& url) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return socket;
}

}  // namespace

TlsConnection::TlsConnection(const std::string& url, const std::string& server_name, const std::string& version)
    : socket_(connect_to(url)),
      context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
      connection_(nullptr, SSL_free) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    if (version == "TLSv1.2") SSL_CTX_set_max_proto_version(context_.get(), TLS1_2_VERSION);
    if (version == "TLSv1.1") SSL_CTX_set_max_proto_version(context_.get(), TLS1_1_VERSION);
    connection_.reset(SSL_new(context_.get()));
    SSL_set_fd(connection_.get(), socket_);
    if (!server_name.empty()) {  // SSL_set_tlsext_host_name without its C cast
        SSL_ctrl(connection_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(server_name.c_str()));
    }
    shake_hands();
}

TlsConnection::TlsConnection(const std::string& url, const symbolon::net::TlsFiles& own)
    : socket_(connect_to(url)),
      context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
      connection_(nullptr, SSL_free) {
    SSL_CTX_use_certificate_chain_file(context_.get(), own.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context_.get(), own.key.c_str(), SSL_FILETYPE_PEM);
    connection_.reset(SSL_new(context_.get()));
    SSL_set_fd(connection_.get(), socket_);
    shake_hands();
}

void TlsConnection::shake_hands() {
    if (SSL_connect(connection_.get()) == 1) return;
    ::close(socket_);
    throw std::runtime_error("no TLS handshake");
}

TlsConnection::~TlsConnection() {
    ::close(socket_);
}

std::string TlsConnection::ask(const std::string& bytes) {
    SSL_write(connection_.get(), bytes.data(), static_cast<int>(bytes.size()));
    std::string response;
    std::array<char, 16384> chunk;
    while (true) {
        const auto length = field_of(response, "Content-Length");
        if (!length.empty() && body_of(response).size() >= std::stoul(length)) return response;
        const int count = SSL_read(connection_.get(), chunk.data(), static_cast<int>(chunk.size()));
        if (count <= 0) return response;
        response.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

bool TlsConnection::ended_properly() {
    std::array<char, 64> rest;
    const int count = SSL_read(connection_.get(), rest.data(), static_cast<int>(rest.size()));
    return count <= 0 && SSL_get_error(connection_.get(), count) == SSL_ERROR_ZERO_RETURN;
}

std::string TlsConnection::certificate_name() const {
    const std::unique_ptr<X509, void (*)(X509*)> certificate(SSL_get1_peer_certificate(connection_.get()), X509_free);
    const std::unique_ptr<GENERAL_NAMES, void (*)(GENERAL_NAMES*)> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free);
    if (!names || sk_GENERAL_NAME_num(names.get()) == 0) return {};
    const auto* text = sk_GENERAL_NAME_value(names.get(), 0)->d.dNSName;
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}
