#pragma once

#include "app/demo/configuration.hpp"
#include "base/task.hpp"
#include "messaging/outbox.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/screens/screen.hpp"

#include <optional>
#include <string>

namespace symbolon::app {

/// The demo's pages beside the assistant's: the six steps with what is done, and an on-screen phone that shows the
/// texts as they arrive.
class DemoPages {
public:
    DemoPages(messaging::Outbox& outbox, voice::Assistant& assistant, std::string assistant_url);

    /// Where these pages are.
    static voice::Beside beside();
    /// What the steps' page tells of.
    void set_made(DemoConfiguration::Made made) { made_ = std::move(made); }
    /// Nothing for a path that is not the demo's.
    std::optional<Task<net::Response>> find(const net::Request& request) const;

private:
    Task<net::Response> phone(net::Request request);
    Task<net::Response> texts();
    Task<net::Response> steps(net::Request request);

    messaging::Outbox& outbox_;
    voice::Assistant& assistant_;
    std::string assistant_url_;
    DemoConfiguration::Made made_;
    net::Router router_;
};

}  // namespace symbolon::app
