#include "net/server/tls_context.hpp"

#include "base/error.hpp"
#include "net/http.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace symbolon::net {
namespace {

/// OpenSSL's newest complaint; the rest of its queue is dropped.
std::string take_reason() {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    ERR_clear_error();
    return text.data();
}

[[noreturn]] void refuse(const std::string& what, const std::string& file) {
    throw Error{Errc::invalid_parameter, what + ": " + file, take_reason()};
}

std::vector<std::string> dns_names(X509* certificate) {
    std::vector<std::string> names;
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> alternatives(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free);
    for (int at = 0; alternatives && at < sk_GENERAL_NAME_num(alternatives.get()); ++at) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(alternatives.get(), at);
        if (name->type != GEN_DNS) continue;
        const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
        names.push_back(to_lower({text, static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName))}));
    }
    return names;
}

int select_http11(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                  unsigned offered_size, void*) {
    static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, ours.data(), ours.size(), offered, offered_size) !=
        OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

/// Where a connection keeps its CertificateSet: not in its SSL_CTX, which several sets share.
int set_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int select_certificate(SSL* connection, int*, void*) {
    const auto* set = static_cast<const CertificateSet*>(SSL_get_ex_data(connection, set_index()));
    const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
    if (!set || !name) return SSL_TLSEXT_ERR_NOACK;
    SSL_set_SSL_CTX(connection, set->choose(name).context->native_handle());
    return SSL_TLSEXT_ERR_OK;
}

/// Who issued a certificate is not looked at here: clients may register self-signed ones (RFC 8705 §2.2). That the
/// client has its key was proven by the handshake.
int take_any_certificate(int, X509_STORE_CTX*) {
    return 1;
}

void ask_for_certificate(SSL_CTX* context) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, take_any_certificate);
    // Without one, sessions of verified peers are not resumed but refused.
    static constexpr std::array<unsigned char, 8> name{'s', 'y', 'm', 'b', 'o', 'l', 'o', 'n'};
    SSL_CTX_set_session_id_context(context, name.data(), name.size());
}

}  // namespace

ServedCertificate load_certificate(const TlsFiles& files, bool ask_clients) {
    auto context = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    SSL_CTX* const handle = context->native_handle();
    ERR_clear_error();
    SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(handle, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(handle, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                    SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_OFF);  // tickets need no memory here
    SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(handle, select_http11, nullptr);
    if (ask_clients) ask_for_certificate(handle);
    // What the macro SSL_CTX_set_tlsext_servername_callback does, without its C cast.
    SSL_CTX_callback_ctrl(handle, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, reinterpret_cast<void (*)()>(select_certificate));
    if (SSL_CTX_use_certificate_chain_file(handle, files.certificate.c_str()) != 1) {
        refuse("Not a certificate chain in PEM", files.certificate);
    }
    if (SSL_CTX_use_PrivateKey_file(handle, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        refuse("Not the certificate's private key in PEM", files.key);
    }
    if (SSL_CTX_check_private_key(handle) != 1) refuse("The key is not the certificate's", files.key);
    return {std::move(context), dns_names(SSL_CTX_get0_certificate(handle))};
}

std::string client_certificate_of(SSL* connection) {
    X509* const certificate = SSL_get0_peer_certificate(connection);
    const int size = certificate ? i2d_X509(certificate, nullptr) : 0;
    if (size <= 0) return {};
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509(certificate, &at);
    return der;
}

void choose_by_server_name(SSL* connection, const CertificateSet& set) {
    SSL_set_ex_data(connection, set_index(), const_cast<CertificateSet*>(&set));
}

}  // namespace symbolon::net
