#pragma once

#include "base/clock.hpp"
#include "net/client.hpp"
#include "net/http.hpp"
#include "voice/tap/tap_log.hpp"

#include <string>

namespace symbolon::voice {

/// A proxy in front of one OAuth server that tells what a platform sent to it and what came back
/// (voice-account-linking.md §2.14: the tap). It asks that server's origin and nothing else, whatever a request says;
/// redirects are passed on, not followed. Bodies have at most 8 MB; what is shown of them is shorter.
class Tap {
public:
    /// `server`: any URL of the server; its origin counts. Fails: Error{invalid_parameter} (no http or https URL).
    Tap(net::Client& client, const Clock& clock, TapLog& log, const std::string& server);

    /// What the tap itself is called by browsers and platforms, without trailing slash. Before the first request.
    void set_own_url(std::string url) { own_url_ = std::move(url); }
    const std::string& origin() const { return origin_; }

    Task<net::Response> serve(net::Request request);

private:
    net::ClientRequest forward(const net::Request& request) const;
    net::Response pass_back(const net::ClientResponse& response) const;
    void note(const net::Request& request, const net::ClientResponse& response, TapExchange exchange);

    net::Client& client_;
    const Clock& clock_;
    TapLog& log_;
    std::string origin_;
    std::string own_url_;
};

}  // namespace symbolon::voice
