#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "db/migrate.hpp"
#include "db/sqlite/files.hpp"
#include "db/sqlite/readers.hpp"
#include "db/sqlite/writer.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace symbolon::db::sqlite {

struct Options {
    std::string path;  ///< empty: a fresh database in a temporary folder, removed at the end
    std::span<const Migration> migrations = server_migrations();
    WriteLimits limits = {};
};

/// A database in one file. Reads run on the calling thread, writes on the writer's.
class SqliteDatabase final : public Database {
public:
    /// Fails: Error{unavailable} (cannot be opened, or of a newer program), Error{internal} (a wrong migration).
    SqliteDatabase(const Options& options, Instant now);
    ~SqliteDatabase() override;

    std::optional<Mark> mark() override;
    Task<bool> healthy() override;
    Counters counters() const override;

private:
    Task<void> run_read(Closure closure) override;
    Task<void> run_write(Closure closure) override;

    std::optional<TemporaryFolder> temporary_;
    std::shared_ptr<Readers> readers_;
    std::unique_ptr<Writer> writer_;
};

}  // namespace symbolon::db::sqlite
