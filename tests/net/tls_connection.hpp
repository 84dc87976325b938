#pragma once

#include "net/server.hpp"

#include <openssl/ssl.h>

#include <memory>
#include <string>

/// A TLS connection to a server under test. Trusts anybody: which certificate was shown is what the tests look at.
class TlsConnection {
public:
    /// Fails: std::runtime_error when there is no handshake. `version`: the highest to offer; empty: any.
    TlsConnection(const std::string& url, const std::string& server_name, const std::string& version = {});
    /// Shows a certificate of its own when it is asked for one.
    TlsConnection(const std::string& url, const symbolon::net::TlsFiles& own);
    ~TlsConnection();
    TlsConnection(const TlsConnection&) = delete;
    TlsConnection& operator=(const TlsConnection&) = delete;

    /// Sends the bytes and reads one response with its body.
    std::string ask(const std::string& bytes);
    /// True when the server's end is announced (close_notify), not cut off.
    bool ended_properly();
    std::string version() const { return SSL_get_version(connection_.get()); }
    /// The first DNS name of the server's certificate.
    std::string certificate_name() const;

private:
    void shake_hands();

    int socket_ = -1;
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    std::unique_ptr<SSL, void (*)(SSL*)> connection_;
};
