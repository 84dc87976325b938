#pragma once

#include "base/task.hpp"
#include "messaging/outbox.hpp"
#include "net/http.hpp"
#include "net/router.hpp"

#include <optional>
#include <string>

namespace symbolon::app {

/// The demo's pages beside the assistant: an on-screen phone that shows the texts as they arrive, and where to begin.
class DemoPages {
public:
    /// `links.skill`: the companion-app page of the demo's skill.
    struct Links {
        std::string skill;
    };
    DemoPages(messaging::Outbox& outbox, std::string assistant_url);

    void set_links(Links links) { links_ = std::move(links); }
    std::optional<Task<net::Response>> find(const net::Request& request) const;

private:
    messaging::Outbox& outbox_;
    std::string assistant_url_;
    Links links_;
    net::Router router_;
};

}  // namespace symbolon::app
