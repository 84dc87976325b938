#pragma once

#include "app/options.hpp"
#include "messaging/outbox.hpp"

#include <memory>
#include <string>
#include <vector>

namespace symbolon::app {

/// The identity server, put together: everything below this floor is made here and handed its parts.
class IdentityServer {
public:
    /// Opens the data folder and the database, binds the listeners, makes what --bootstrap says. Fails: Error,
    /// std::system_error.
    explicit IdentityServer(const ServeOptions& options);
    ~IdentityServer();
    IdentityServer(const IdentityServer&) = delete;
    IdentityServer& operator=(const IdentityServer&) = delete;

    /// Serves from here on, on threads of its own.
    void start();
    /// Drains and ends: running requests are answered, what they wrote is on disk.
    void stop();
    /// Certificates, log level, the file of the audit log, the list of leaked passwords, the file of hooks and that of
    /// --bootstrap again (SIGHUP). What cannot be read stays as it was, and is logged.
    void reload(const ServeOptions& options);

    std::vector<std::string> urls() const;
    const std::string& base_url() const;
    /// The administrator's key, for the demo's own set-up.
    const std::string& access_key_id() const;
    const std::string& secret_access_key() const;
    messaging::Outbox& outbox();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::app
