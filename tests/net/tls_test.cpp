#include "net/certificate_files.hpp"
#include "net/raw_connection.hpp"
#include "net/server.hpp"
#include "net/test_server.hpp"
#include "net/tls_connection.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

using namespace symbolon;
using namespace symbolon::net;
using namespace std::chrono_literals;

namespace {

ServerOptions serving(std::vector<TlsFiles> files) {
    return {.listeners = {{.tls = std::move(files)}}};
}

constexpr auto question = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace

TEST(Tls, serves_requests) {
    CertificateFiles files;
    TestServer server(echo, serving({files.make("a", "a.example")}));
    EXPECT_TRUE(server.url().starts_with("https://"));
    TlsConnection connection(server.url(), "a.example");
    for (int round = 0; round < 3; ++round) EXPECT_EQ(body_of(connection.ask(question)), "GET /a?|");
}

TEST(Tls, chooses_the_certificate_by_server_name) {
    CertificateFiles files;
    TestServer server(
        echo, serving({files.make("a", "a.example"), files.make("b", "b.example"), files.make("w", "*.w.example")}));
    const auto name_for = [&](const std::string& asked) {
        return TlsConnection(server.url(), asked).certificate_name();
    };
    EXPECT_EQ(name_for("a.example"), "a.example");
    EXPECT_EQ(name_for("B.Example"), "b.example");
    EXPECT_EQ(name_for("x.w.example"), "*.w.example");
    EXPECT_EQ(name_for("x.y.w.example"), "a.example") << "a wildcard stands for one label";
    EXPECT_EQ(name_for("w.example"), "a.example");
    EXPECT_EQ(name_for("unknown.example"), "a.example") << "the first is the default";
    EXPECT_EQ(name_for(""), "a.example");
}

TEST(Tls, begins_with_version_1_2) {
    CertificateFiles files;
    TestServer server(echo, serving({files.make("a", "a.example")}));
    EXPECT_EQ(TlsConnection(server.url(), "a.example").version(), "TLSv1.3");
    EXPECT_EQ(TlsConnection(server.url(), "a.example", "TLSv1.2").version(), "TLSv1.2");
    EXPECT_THROW(TlsConnection(server.url(), "a.example", "TLSv1.1"), std::runtime_error);
}

TEST(Tls, reads_changed_files_again) {
    CertificateFiles files;
    TestServer server(echo, serving({files.make("a", "a.example"), files.make("b", "b.example")}));
    TlsConnection before(server.url(), "b.example");
    files.make("b", "c.example");
    EXPECT_EQ(TlsConnection(server.url(), "c.example").certificate_name(), "a.example");
    server->reload_certificates();
    EXPECT_EQ(TlsConnection(server.url(), "c.example").certificate_name(), "c.example");
    EXPECT_EQ(TlsConnection(server.url(), "b.example").certificate_name(), "a.example");
    EXPECT_EQ(body_of(before.ask(question)), "GET /a?|") << "open connections go on";
}

TEST(Tls, notices_changed_files_by_itself) {
    CertificateFiles files;
    TestServer server(echo, serving({files.make("a", "a.example")}));
    files.make("a", "b.example");
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (TlsConnection(server.url(), "").certificate_name() != "b.example") {
        ASSERT_LT(std::chrono::steady_clock::now(), until);
    }
}

TEST(Tls, keeps_the_old_certificate_when_the_new_file_is_broken) {
    CertificateFiles files;
    const auto pair = files.make("a", "a.example");
    const auto other = files.make("b", "b.example");
    TestServer server(echo, serving({pair}));
    for (const auto& broken : {std::string("not a certificate"), std::string()}) {
        files.write(pair.certificate, broken);
        server->reload_certificates();
        EXPECT_EQ(TlsConnection(server.url(), "").certificate_name(), "a.example");
    }
    std::filesystem::copy_file(other.certificate, pair.certificate, std::filesystem::copy_options::overwrite_existing);
    server->reload_certificates();
    EXPECT_EQ(TlsConnection(server.url(), "").certificate_name(), "a.example") << "the key is not that certificate's";
    std::filesystem::copy_file(other.key, pair.key, std::filesystem::copy_options::overwrite_existing);
    server->reload_certificates();
    EXPECT_EQ(TlsConnection(server.url(), "").certificate_name(), "b.example");
}

TEST(Tls, refuses_to_start_without_a_usable_certificate) {
    CertificateFiles files;
    const auto pair = files.make("a", "a.example");
    EXPECT_THROW(Server(serving({{"/nonexistent", pair.key}}), echo), Error);
    EXPECT_THROW(Server(serving({{pair.certificate, pair.certificate}}), echo), Error);
    EXPECT_THROW(Server(serving({{pair.certificate, files.make("b", "b.example").key}}), echo), Error);
}

TEST(Tls, closes_on_plain_http_and_on_a_handshake_that_does_not_come) {
    CertificateFiles files;
    auto options = serving({files.make("a", "a.example")});
    options.read_limit = 80ms;
    TestServer server(echo, std::move(options));
    RawConnection plain(server.url());
    plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(plain.read_all().find("HTTP/"), std::string::npos);
    RawConnection silent(server.url());
    EXPECT_TRUE(silent.closed());
    EXPECT_EQ(server->counters().requests, 0U);
}

TEST(Tls, refuses_bad_framing_and_closes_properly) {
    CertificateFiles files;
    TestServer server(echo, serving({files.make("a", "a.example")}));
    TlsConnection connection(server.url(), "a.example");
    EXPECT_EQ(status_of(connection.ask("GET / HTTP/1.1\nHost: x\n\n")), 400);
    TlsConnection closing(server.url(), "a.example");
    EXPECT_EQ(status_of(closing.ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")), 200);
    EXPECT_TRUE(closing.ended_properly());
}
