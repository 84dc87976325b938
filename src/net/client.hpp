#pragma once

#include "base/task.hpp"
#include "net/http.hpp"

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace symbolon::net {

struct ClientRequest {
    std::string method = "GET";
    std::string url = {};
    Headers headers = {};
    std::string body = {};
    std::chrono::milliseconds limit{10000};  ///< for the whole exchange: connect, TLS, answer
    std::size_t max_body = 1 << 20;          ///< bytes of the answer; more is Failure::too_large
    bool public_addresses_only = false;  ///< connect to no loopback, private, link-local, … address (Failure::connect)
    std::string ca_file = {};            ///< PEM roots beside the system's; empty: the system's only
};

struct ClientResponse {
    int status = 0;
    Headers headers;
    std::string body;
    std::chrono::milliseconds took{0};
};

/// Why an exchange got no answer: the classes that voice platforms tell apart.
enum class Failure { dns, connect, tls, timeout, too_large, other };

/// Thrown by Client::send when there is no complete answer.
class ClientError : public std::exception {
public:
    Failure failure;
    std::string detail;
    ClientError(Failure f, std::string d) : failure(f), detail(std::move(d)) {}
    const char* what() const noexcept override { return detail.c_str(); }
};

/// An HTTP(S) client (libcurl on a few threads of its own, which start with the first need). Follows no redirect, keeps
/// no cookies, uses no proxy. Threads: any. The executors of its callers must outlive it or end all their waits first.
class Client {
public:
    explicit Client(std::size_t threads = 4);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Sends and waits without blocking the caller's executor. Fails: ClientError; at once when too much waits already.
    Task<ClientResponse> send(ClientRequest request);
    /// The same, blocking the calling thread. For command-line tools and tests.
    ClientResponse send_now(const ClientRequest& request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::net
