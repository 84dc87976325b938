#pragma once

#include "symbolon/skill/endpoint.hpp"
#include "symbolon/skill/skill.hpp"

#include <memory>
#include <string>
#include <vector>

namespace symbolon::skill {

struct ServeOptions {
    std::vector<std::string> listen = {"127.0.0.1:8600"};  ///< ADDRESS:PORT; port 0: any free one
    std::string path = "/";                                ///< of the skill's endpoint
    std::string tls_certificate = {};                      ///< PEM chain file; empty: plain HTTP, behind a proxy
    std::string tls_key = {};                              ///< PEM file
    unsigned workers = 16;  ///< handlers that run at once; eight times as many may wait. 0: see `threads`
    /// That serve connections. With `workers` 0 the handlers run on them too, which spares two changes of thread for
    /// each request: for skills that never wait, since a waiting handler stops every other connection of its thread.
    /// (Certificate chains are fetched elsewhere.)
    unsigned threads = 1;
    EndpointOptions endpoint = {};
};

/// A running web service. Ends when it is destroyed.
class Server {
public:
    ~Server();
    Server(Server&&) noexcept;

    /// One per listener, with the real port and the endpoint's path, e.g. "http://127.0.0.1:8600/".
    std::vector<std::string> urls() const;
    /// Lets running requests end, then returns.
    void stop();

private:
    friend Server serve(Skill skill, ServeOptions options);
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Serves a skill; returns as soon as it listens.
/// Fails: std::invalid_argument (options), std::system_error (address in use).
Server serve(Skill skill, ServeOptions options);

/// The whole of a skill's main(): serves, prints `listening on URL`, returns 0 after SIGTERM or SIGINT. Where AWS
/// Lambda started the program, it answers Lambda's events instead (lambda.hpp), so that one binary is good for both.
int run(Skill skill, ServeOptions options);

}  // namespace symbolon::skill
