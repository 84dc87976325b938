#include "doctor/transport/handshake.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace symbolon::doctor {

namespace {

using Context = std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>;
using Connection = std::unique_ptr<SSL, void (*)(SSL*)>;
using Memory = std::unique_ptr<BIO, int (*)(BIO*)>;

std::string read(BIO* memory) {
    std::string out(BIO_ctrl_pending(memory), '\0');
    const int size = BIO_read(memory, out.data(), static_cast<int>(out.size()));
    out.resize(static_cast<std::size_t>(size > 0 ? size : 0));
    return out;
}

std::string last_problem() {
    std::array<char, 200> text{};
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "the server closed the connection";
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

/// Notes what keeps the chain from being trusted, and goes on. An end that is over is AL-TLS-005's.
int note_and_go_on(int good, X509_STORE_CTX* context) {
    const int error = X509_STORE_CTX_get_error(context);
    const bool of_time = error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
    const auto* connection =
        static_cast<SSL*>(X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto& report = *static_cast<TlsReport*>(SSL_get_ex_data(connection, 0));
    if (good == 0 && !of_time && report.chain_problem.empty())
        report.chain_problem = X509_verify_cert_error_string(error);
    return 1;
}

/// Remembers the warning alert unrecognized_name (RFC 6066 §3), which OpenSSL passes over.
void look_at_alert(const SSL* connection, int where, int value) {
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && (value & 0xFF) == SSL_AD_UNRECOGNIZED_NAME)
        static_cast<TlsReport*>(SSL_get_ex_data(connection, 0))->warned_of_name = true;
}

Context make_context(TlsOffer offer, const std::string& ca_file, Instant now) {
    Context out(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_min_proto_version(out.get(), TLS1_2_VERSION);
    if (offer == TlsOffer::modest) {
        SSL_CTX_set_max_proto_version(out.get(), TLS1_2_VERSION);
        SSL_CTX_set_cipher_list(out.get(), "ECDHE+AESGCM");
    }
    SSL_CTX_set_default_verify_paths(out.get());
    if (!ca_file.empty()) SSL_CTX_load_verify_locations(out.get(), ca_file.c_str(), nullptr);
    SSL_CTX_set_verify(out.get(), SSL_VERIFY_PEER, note_and_go_on);
    X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(out.get()), to_seconds(now));
    SSL_CTX_set_info_callback(out.get(), look_at_alert);
    return out;
}

/// "" or why there is no handshake.
std::string shake(SSL* connection, const Socket& socket, std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (true) {
        ERR_clear_error();
        const int result = SSL_connect(connection);
        if (result == 1) return {};
        const int why = SSL_get_error(connection, result);
        if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) return last_problem();
        if (!socket.wait(why == SSL_ERROR_WANT_READ, until))
            return "no handshake within " + std::to_string(limit.count()) + " ms";
    }
}

std::string kind_of(EVP_PKEY* key) {
    if (key == nullptr) return "unknown";
    const auto bits = std::to_string(EVP_PKEY_get_bits(key));
    if (EVP_PKEY_is_a(key, "RSA")) return "RSA " + bits;
    if (EVP_PKEY_is_a(key, "EC")) return "EC P-" + bits;
    const char* name = EVP_PKEY_get0_type_name(key);
    return name != nullptr ? name : "unknown";
}

Instant time_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    const auto day = std::chrono::year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
    return Instant(std::chrono::sys_days(day).time_since_epoch() + std::chrono::hours(parts.tm_hour) +
                   std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec));
}

std::string one_line(const X509_NAME* name) {
    const Memory memory(BIO_new(BIO_s_mem()), BIO_free);
    X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_ONELINE & ~XN_FLAG_SPC_EQ);
    return read(memory.get());
}

std::vector<std::string> names_of(const X509* certificate) {
    std::vector<std::string> out;
    const std::unique_ptr<GENERAL_NAMES, void (*)(GENERAL_NAMES*)> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free);
    for (int at = 0; names != nullptr && at < sk_GENERAL_NAME_num(names.get()); ++at) {
        const auto* name = sk_GENERAL_NAME_value(names.get(), at);
        if (name->type != GEN_DNS) continue;
        const auto* text = ASN1_STRING_get0_data(name->d.dNSName);
        out.emplace_back(reinterpret_cast<const char*>(text),
                         static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    }
    return out;
}

/// A name has to be an alternative name, an address an alternative address.
bool names_host(X509* certificate, const std::string& host) {
    if (IpAddress::parse(host)) return X509_check_ip_asc(certificate, host.c_str(), 0) == 1;
    return X509_check_host(certificate, host.data(), host.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

void read_certificates(SSL* connection, const std::string& host, TlsReport& out) {
    X509* leaf = SSL_get0_peer_certificate(connection);
    if (leaf == nullptr) return;
    out.name_in_san = names_host(leaf, host);
    out.names = names_of(leaf);
    out.not_before = time_of(X509_get0_notBefore(leaf));
    out.not_after = time_of(X509_get0_notAfter(leaf));
    out.issuer = one_line(X509_get_issuer_name(leaf));
    out.key = kind_of(X509_get0_pubkey(leaf));
    if (auto* path = SSL_get0_verified_chain(connection); path != nullptr && out.chain_problem.empty())
        out.root = kind_of(X509_get0_pubkey(sk_X509_value(path, sk_X509_num(path) - 1)));
    const auto* sent = SSL_get_peer_cert_chain(connection);
    const Memory memory(BIO_new(BIO_s_mem()), BIO_free);
    for (int at = 0; sent != nullptr && at < sk_X509_num(sent); ++at) {
        PEM_write_bio_X509(memory.get(), sk_X509_value(sent, at));
        ++out.sent;
    }
    out.chain_pem = read(memory.get());
}

}  // namespace

TlsReport handshake(const Socket& socket, const std::string& host, TlsOffer offer, const std::string& ca_file,
                    Instant now, std::chrono::milliseconds limit) {
    TlsReport out;
    out.connected = true;
    const auto context = make_context(offer, ca_file, now);
    const Connection connection(SSL_new(context.get()), SSL_free);
    SSL_set_ex_data(connection.get(), 0, &out);
    SSL_set_fd(connection.get(), socket.get());
    auto name = host;  // which OpenSSL copies; its macro for this casts as C does
    if (!IpAddress::parse(host))
        SSL_ctrl(connection.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
    out.problem = shake(connection.get(), socket, limit);
    if (!out.problem.empty()) return out;
    out.version = SSL_get_version(connection.get());
    out.cipher = SSL_get_cipher_name(connection.get());
    read_certificates(connection.get(), host, out);
    return out;
}

}  // namespace symbolon::doctor
