#pragma once

#include "db/database.hpp"
#include "net/server.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace symbolon::app {

/// What /metrics shows (Prometheus text format). Threads: any.
class Metrics {
public:
    Metrics();
    ~Metrics();

    /// Shows what `read` returns as symbolon_state{name}. Before the first expose(); `read` is called by any thread.
    void watch(std::string name, std::function<double()> read);
    /// One answered request. `door` is one of api, oauth, pages, service.
    void count(std::string_view door, int status, std::chrono::nanoseconds took);
    /// The exposition, with the counters of server and database as they are now.
    std::string expose(const net::Server::Counters& server, const db::Database::Counters& database);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::app
