#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "db/migrate.hpp"
#include "db/postgres/pool.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace symbolon::db::postgres {

struct Options {
    std::string url;  ///< see parse_address()
    std::span<const Migration> migrations = server_migrations();
    PoolLimits limits = {};
};

/// A database on a PostgreSQL server. Reads and writes run on the threads of a pool of connections.
class PostgresDatabase final : public Database {
public:
    /// Fails: Error{invalid_parameter} (URL), Error{unavailable} (cannot be reached, or of a newer program),
    /// Error{internal} (a wrong migration).
    PostgresDatabase(const Options& options, Instant now);

    /// Nothing: that another process has committed is not known without asking the server.
    std::optional<Mark> mark() override { return std::nullopt; }
    Task<bool> healthy() override;
    Counters counters() const override;

private:
    Task<void> run_read(Closure closure) override;
    Task<void> run_write(Closure closure) override;

    Shared shared_;
    std::unique_ptr<Pool> pool_;
};

}  // namespace symbolon::db::postgres
