#pragma once

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "net/client.hpp"
#include "net/http.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::doctor {

/// Where the time of an exchange went, each since its beginning.
struct Timing {
    std::chrono::milliseconds resolved{0};
    std::chrono::milliseconds connected{0};
    std::chrono::milliseconds secured{0};
    std::chrono::milliseconds first_byte{0};
    std::chrono::milliseconds total{0};
};

struct HttpRequest {
    std::string method = "GET";
    std::string url = {};
    net::Headers headers = {};
    std::string body = {};
    std::chrono::milliseconds limit{15000};  ///< for the whole exchange
    bool public_addresses_only = false;      ///< for addresses that the server under examination named
    bool hang_up = false;                    ///< send all, and leave before the answer has arrived
};

struct HttpAnswer {
    int status = 0;
    net::Headers headers;
    std::string body;
    Timing took;
};

/// Sends one request. Follows no redirect, keeps no cookie, takes at most `max_answer` bytes. Threads: any.
class Http {
public:
    static constexpr std::size_t max_answer = 1024 * 1024;

    virtual ~Http() = default;
    /// Fails: net::ClientError; always with `hang_up`, once the request is sent.
    virtual HttpAnswer send(const HttpRequest& request) = 0;
};

/// What a TLS handshake showed.
struct TlsReport {
    bool connected = false;
    std::string problem;  ///< why there was no handshake; the rest is empty then
    std::string version;
    std::string cipher;
    std::string chain_problem;       ///< why no path leads to a trusted root; "": one does
    bool warned_of_name = false;     ///< the server sent the alert unrecognized_name
    bool name_in_san = false;        ///< the host is one of the subject's alternative names
    std::vector<std::string> names;  ///< the leaf's DNS names
    Instant not_before{};
    Instant not_after{};
    std::string issuer;
    std::string key;   ///< "RSA 2048", "EC P-256", …
    std::string root;  ///< kind of key of the root that the path ends at; "" without a path
    std::string chain_pem;
    std::size_t sent = 0;  ///< certificates
};

enum class TlsOffer {
    usual,
    /// TLS 1.2 with ECDHE and AES-GCM only, which platforms are known to need.
    modest,
};

/// Names, addresses and handshakes. Threads: any.
class Network {
public:
    virtual ~Network() = default;
    /// The addresses of a name; empty when it has none. Nothing when names are not looked up (connections are directed
    /// elsewhere by the person).
    virtual std::optional<std::vector<IpAddress>> resolve(const std::string& host) = 0;
    /// "" or why no connection came about.
    virtual std::string connect(const IpAddress& address, std::uint16_t port) = 0;
    virtual TlsReport shake_hands(const std::string& host, std::uint16_t port, TlsOffer offer) = 0;
};

/// Sends connections for a host and port elsewhere, as curl's --connect-to: a server can be examined under its public
/// name before that name leads to it.
struct Detour {
    std::string host;
    std::uint16_t port = 0;
    std::string to_host;
    std::uint16_t to_port = 0;
};

/// "HOST:PORT:TO_HOST:TO_PORT". Fails: Error{invalid_parameter}.
Detour parse_detour(const std::string& text);

}  // namespace symbolon::doctor
