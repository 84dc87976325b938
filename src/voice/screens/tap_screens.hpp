#pragma once

#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/tap/tap_log.hpp"

#include <string>

namespace symbolon::voice {

/// What the tap recorded: the page /tap, and JSON at /v1/lab/tap for who carries the assistant's bearer token.
class TapScreens {
public:
    TapScreens(const Assistant::Parts& parts, const Identity& identity, std::string base_url, Beside beside)
        : parts_(parts), identity_(identity), base_url_(std::move(base_url)), beside_(std::move(beside)) {}

    void add_routes(net::Router& router);
    /// From here on there is a tap. Before the first request.
    void show(const TapLog& log, Assistant::TapPlace place) {
        log_ = &log;
        place_ = std::move(place);
    }

private:
    Task<net::Response> page(net::Request request);
    Task<net::Response> list(net::Request request);

    Assistant::Parts parts_;
    const Identity& identity_;
    std::string base_url_;
    Beside beside_;
    const TapLog* log_ = nullptr;
    Assistant::TapPlace place_;
};

}  // namespace symbolon::voice
