#pragma once

#include "net/http.hpp"
#include "net/spool.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace symbolon::net {

struct TlsFiles {
    std::string certificate;  ///< PEM chain, leaf first
    std::string key;          ///< PEM
};

struct Listener {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;          ///< 0: any free port; Server::urls() tells which
    std::vector<TlsFiles> tls = {};  ///< empty: plain HTTP. The first is the default, the others are chosen by SNI
};

struct ServerOptions {
    std::vector<Listener> listeners = {};
    unsigned threads = 0;             ///< 0: one per core. One io_context each, SO_REUSEPORT on every socket
    std::size_t max_connections = 0;  ///< open at once; 0: what the limit of descriptors leaves (server/places.hpp)
    std::vector<std::string> trusted_proxies =
        {};  ///< addresses or CIDR blocks whose Forwarded / X-Forwarded-* is believed
    /// Clients are asked for a certificate on TLS; who has none is served all the same. What a certificate is worth is
    /// for the handler to say (Request::client_certificate).
    bool ask_client_certificates = false;
    std::string client_certificate_header = {};  ///< in which a trusted proxy gives it; "": none is believed
    std::size_t max_header = 16 * 1024;          ///< bytes
    std::size_t max_body = 1024 * 1024;          ///< bytes
    /// How many bytes the body of a request may have that has more than max_body, by its head. Unset: none has.
    std::function<std::size_t(const Request& head)> body_limit = {};
    SpoolRule spool = {};  ///< for bodies that are too large to lie in memory
    std::chrono::milliseconds read_limit{15000};
    std::chrono::milliseconds idle_limit{75000};
    std::chrono::milliseconds handler_limit{30000};  ///< then the handler is cancelled and the answer is 503
    std::chrono::milliseconds write_limit{30000};
    std::chrono::milliseconds drain_limit{10000};
    bool access_log = false;  ///< one line per request: request_id, method, path, status, ms, client
};

/// Serves HTTP/1.1 with one thread and one io_context per core. Refuses ambiguous framing (two of Host, Content-Length
/// with Transfer-Encoding, bare LF, folded headers, …) with 400 and closes (RFC 9112 §6, §11). The handler runs on the
/// connection's thread, so it must not block. When all places are taken, a new connection takes that of an idle one;
/// when none is idle, it is answered 503 (over TLS: nothing) and closed. What completes a handler's waits must live
/// until the server is destroyed.
class Server {
public:
    /// Binds at once. Fails: std::system_error (address in use), Error{invalid_parameter} (an address or a proxy that
    /// is no address, a certificate that cannot be used).
    Server(ServerOptions options, Handler handler);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Starts the threads and returns; the sockets accept from here on.
    void start();
    /// One URL per listener, with the real port, e.g. "http://127.0.0.1:8400".
    std::vector<std::string> urls() const;
    /// Stops accepting, lets running requests end within drain_limit, closes the rest, joins the threads. Not to be
    /// called by a handler.
    void stop();
    /// Reads certificate files again now (they are also looked at every few seconds).
    void reload_certificates();

    struct Counters {
        std::uint64_t connections = 0, open_connections = 0, requests = 0;
        std::uint64_t bad_requests = 0;           ///< refused before the handler saw them
        std::uint64_t refused_connections = 0;    ///< for which there was no place
        std::uint64_t displaced_connections = 0;  ///< idle ones that were closed to make room
        std::uint64_t places = 0;                 ///< connections that may be open at once
    };
    Counters counters() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::net
