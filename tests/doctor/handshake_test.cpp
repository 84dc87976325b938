#include "doctor/transport/sockets.hpp"
#include "tls_server.hpp"

#include <gtest/gtest.h>

namespace symbolon::doctor::test {
namespace {

/// What the doctor sees of a server under the name id.example.test.
TlsReport look(const TlsServer& server, TlsOffer offer = TlsOffer::usual, Instant now = from_ms(1'790'000'000'000)) {
    const ManualClock clock(now);
    SocketNetwork network(server.ca_file(), {{"id.example.test", 443, "127.0.0.1", server.port()}}, clock);
    return network.shake_hands("id.example.test", 443, offer);
}

TEST(Handshake, of_a_good_server_shows_nothing_wrong) {
    const TlsServer server({});
    for (const auto offer : {TlsOffer::usual, TlsOffer::modest}) {
        const auto report = look(server, offer);
        EXPECT_EQ(report.problem, "");
        EXPECT_EQ(report.chain_problem, "");
        EXPECT_TRUE(report.name_in_san);
        EXPECT_FALSE(report.warned_of_name);
        EXPECT_EQ(report.key, "EC P-256");
        EXPECT_EQ(report.root, "RSA 2048");
        EXPECT_EQ(report.sent, 2u);
        EXPECT_EQ(report.not_after, from_ms(1'900'000'000'000));
        EXPECT_EQ(report.version, offer == TlsOffer::modest ? "TLSv1.2" : "TLSv1.3");
    }
}

TEST(Handshake, shows_that_the_intermediate_is_not_sent) {
    TlsServer::Rules rules;
    rules.leaf.with_intermediate = false;
    const TlsServer server(rules);
    EXPECT_NE(look(server).chain_problem, "");
    EXPECT_EQ(look(server).sent, 1u);
}

TEST(Handshake, shows_a_root_that_is_not_trusted) {
    const TlsServer server({}), other({});
    const ManualClock clock(from_ms(1'790'000'000'000));
    SocketNetwork network("", {{"id.example.test", 443, "127.0.0.1", server.port()}}, clock);
    EXPECT_NE(network.shake_hands("id.example.test", 443, TlsOffer::usual).chain_problem, "");
}

TEST(Handshake, shows_a_name_that_is_the_common_name_only) {
    TlsServer::Rules rules;
    rules.leaf.names = "";
    EXPECT_FALSE(look(TlsServer(rules)).name_in_san);
    rules.leaf.names = "DNS:other.example.test";
    EXPECT_FALSE(look(TlsServer(rules)).name_in_san);
    rules.leaf.names = "DNS:*.example.test";
    EXPECT_TRUE(look(TlsServer(rules)).name_in_san);
}

TEST(Handshake, tells_the_end_apart_from_the_chain) {
    TlsServer::Rules rules;
    rules.leaf.not_after = from_ms(1'789'000'000'000);
    const TlsServer server(rules);
    const auto report = look(server);
    EXPECT_EQ(report.chain_problem, "");
    EXPECT_EQ(report.not_after, from_ms(1'789'000'000'000));
}

TEST(Handshake, shows_a_server_without_tls_1_2) {
    TlsServer::Rules rules;
    rules.least_version = TLS1_3_VERSION;
    const TlsServer server(rules);
    EXPECT_EQ(look(server, TlsOffer::usual).problem, "");
    EXPECT_NE(look(server, TlsOffer::modest).problem, "");
}

TEST(Handshake, shows_a_server_with_other_ciphers) {
    TlsServer::Rules rules;
    rules.ciphers = "ECDHE-ECDSA-CHACHA20-POLY1305";
    EXPECT_NE(look(TlsServer(rules), TlsOffer::modest).problem, "");
}

TEST(Handshake, shows_the_warning_that_the_name_is_not_known) {
    TlsServer::Rules rules;
    rules.knows_name = false;
    EXPECT_TRUE(look(TlsServer(rules), TlsOffer::modest).warned_of_name);
}

TEST(Handshake, shows_issuer_and_kind_of_key) {
    TlsServer::Rules rules;
    rules.leaf.organization = "Let's Encrypt";
    rules.leaf.curve = "P-384";
    const auto report = look(TlsServer(rules));
    EXPECT_NE(report.issuer.find("Let's Encrypt"), std::string::npos) << report.issuer;
    EXPECT_EQ(report.key, "EC P-384");
}

TEST(Handshake, with_nobody_says_so) {
    const ManualClock clock(from_ms(1'790'000'000'000));
    SocketNetwork network("", {{"id.example.test", 443, "127.0.0.1", 1}}, clock);
    EXPECT_NE(network.shake_hands("id.example.test", 443, TlsOffer::usual).problem, "");
}

TEST(Detour, is_read_strictly) {
    EXPECT_EQ(parse_detour("ID.example:443:127.0.0.1:8443").host, "id.example");
    for (const auto* text : {"", "a:1:b", "a:1:b:0", "a:x:b:1", "a:1:b:1:1", ":1:b:1"})
        EXPECT_ANY_THROW(parse_detour(text)) << text;
}

}  // namespace
}  // namespace symbolon::doctor::test
