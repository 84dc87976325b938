#pragma once

#include "base/clock.hpp"

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace symbolon::doctor::test {

/// What a certificate of the test's authority says.
struct LeafWish {
    std::string common_name = "id.example.test";
    std::string names = "DNS:id.example.test";  ///< "": none
    const char* curve = "P-256";
    std::string organization = "Example";  ///< of the issuer
    Instant not_before = from_ms(1'700'000'000'000);
    Instant not_after = from_ms(1'900'000'000'000);
    bool with_intermediate = true;  ///< send it
};

/// A server that shakes hands and hangs up, on a free port. Its chain: a root with an RSA key, an intermediate, a leaf.
class TlsServer {
public:
    struct Rules {
        LeafWish leaf = {};
        int least_version = 0;
        const char* ciphers = nullptr;  ///< of TLS 1.2
        bool knows_name = true;
    };
    explicit TlsServer(const Rules& rules);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    std::uint16_t port() const { return port_; }
    /// A file with the root.
    const std::string& ca_file() const { return ca_file_; }

private:
    void serve();

    SSL_CTX* context_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::string ca_file_;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

}  // namespace symbolon::doctor::test
