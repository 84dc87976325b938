#include "net/server/client_certificate.hpp"

#include "base/encoding.hpp"
#include "crypto/client_certificate.hpp"
#include "crypto/test_certificates.hpp"
#include "net/certificate_files.hpp"
#include "net/raw_connection.hpp"
#include "net/test_server.hpp"
#include "net/tls_connection.hpp"

#include <gtest/gtest.h>

using namespace symbolon;
using namespace symbolon::net;

namespace {

/// Answers with the subject of the certificate that the client proved.
Task<Response> subject(Request request) {
    const auto certificate = crypto::x509::ClientCertificate::parse(bytes_of(request.client_certificate));
    Response response;
    response.body = certificate ? certificate->subject() : "none";
    co_return response;
}

ServerOptions serving(TlsFiles files, bool ask) {
    ServerOptions options{.listeners = {{.tls = {std::move(files)}}}};
    options.ask_client_certificates = ask;
    return options;
}

ServerOptions behind(std::vector<std::string> proxies, std::string header) {
    ServerOptions options;
    options.trusted_proxies = std::move(proxies);
    options.client_certificate_header = std::move(header);
    return options;
}

std::string get(const std::string& header = {}) {
    return "GET / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n";
}

std::string ask(const std::string& url, const std::string& bytes) {
    RawConnection connection(url);
    connection.send(bytes);
    return body_of(connection.read_response());
}

}  // namespace

TEST(ClientCertificates, a_tls_client_is_asked_and_gives_its_own) {
    CertificateFiles files;
    TestServer server(subject, serving(files.make("server", "a.example"), true));
    TlsConnection with(server.url(), files.make("client", "client.example"));
    EXPECT_EQ(body_of(with.ask(get())), "CN=client.example");
    TlsConnection without(server.url(), "a.example");
    EXPECT_EQ(body_of(without.ask(get())), "none");
}

TEST(ClientCertificates, nobody_is_asked_where_it_is_not_wanted) {
    CertificateFiles files;
    TestServer server(subject, serving(files.make("server", "a.example"), false));
    TlsConnection with(server.url(), files.make("client", "client.example"));
    EXPECT_EQ(body_of(with.ask(get())), "none");
}

// RFC 9440 §2.1, RFC 9700 §4.13: what a proxy says counts from trusted proxies only, and in the one header only.
TEST(ClientCertificates, a_proxy_is_believed_only_where_it_is_trusted) {
    const auto der = TestAuthority::self_signed({"proxied"});
    const auto field = ":" + to_base64(bytes_of(der)) + ":\r\n";
    TestServer trusting(subject, behind({"127.0.0.1"}, "Client-Cert"));
    EXPECT_EQ(ask(trusting.url(), get("Client-Cert: " + field)), "CN=proxied,O=Example,C=DE");
    EXPECT_EQ(ask(trusting.url(), get("X-Client-Cert: " + field)), "none");
    EXPECT_EQ(ask(trusting.url(), get("Client-Cert: " + field + "Client-Cert: " + field)), "none");
    TestServer strict(subject, behind({"192.0.2.1"}, "Client-Cert"));
    EXPECT_EQ(ask(strict.url(), get("Client-Cert: " + field)), "none");
    TestServer off(subject, behind({"127.0.0.1"}, ""));
    EXPECT_EQ(ask(off.url(), get("Client-Cert: " + field)), "none");
}

TEST(ClientCertificates, are_read_from_both_ways_of_writing_them) {
    const auto der = TestAuthority::self_signed({"c"});
    const auto base64 = to_base64(bytes_of(der));
    const auto pem = "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    EXPECT_EQ(parse_client_certificate(":" + base64 + ":"), der);
    EXPECT_EQ(parse_client_certificate(percent_encode(pem)), der);
    for (const char* broken : {"", ":", "::", ":!!:", "%", "%zz", "text", "-----BEGIN CERTIFICATE-----", ":YQ==: "}) {
        EXPECT_EQ(parse_client_certificate(broken), "") << broken;
    }
}
