#pragma once

#include "app/options.hpp"
#include "base/clock.hpp"
#include "net/client.hpp"
#include "voice/tap/tap_log.hpp"

#include <memory>
#include <string>

namespace symbolon::app {

/// The tap on a listener of its own, and the file that its exchanges go to.
class TapServer {
public:
    /// Binds. Fails: Error, std::system_error.
    TapServer(const AssistantOptions& options, net::Client& client, const Clock& clock);
    ~TapServer();
    TapServer(const TapServer&) = delete;
    TapServer& operator=(const TapServer&) = delete;

    void start();
    void stop();

    const voice::TapLog& log() const;
    const std::string& url() const;  ///< what to configure in the place of the server's
    const std::string& origin() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::app
