#pragma once

#include "db/sqlite/log_index.hpp"
#include "db/sqlite/statement.hpp"
#include "db/statement_cache.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;

namespace symbolon::db::sqlite {

/// Where a database lies and how much its commits are worth.
struct Storage {
    enum class Durability { synced, lost_with_the_process };

    std::string path;  ///< absolute
    Durability durability = Durability::synced;
};

/// One connection with its prepared statements. Threads: one at a time.
class Connection {
public:
    enum class Role { reader, writer };

    /// Fails: Error{unavailable}.
    Connection(const Storage& storage, Role role);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The prepared statement of a text. A constant is found by its address; the same text elsewhere by comparison.
    Statement& statement(std::string_view sql);

    void run(std::string_view sql) { statement(sql).run(); }
    /// Runs several statements. Not for hot paths: nothing is cached.
    void run_script(const std::string& statements);

    bool in_transaction() const;
    /// Ends a transaction, if one is open, without its effects.
    void roll_back() noexcept;

    LogIndex& log_index() { return log_index_; }

    /// How many pages the write-ahead log held after the last commit on this connection.
    std::int64_t log_pages() const { return log_pages_; }
    /// Brings committed pages from the log into the database file. `restart` waits for readers, shortly, so that the
    /// log can start again from its beginning. Returns false when it could not be done now.
    enum class Checkpoint { passive, restart };
    bool checkpoint(Checkpoint kind);

private:
    void configure(const Storage& storage, Role role);

    struct Close {
        void operator()(sqlite3* handle) const;
    };

    std::unique_ptr<sqlite3, Close> handle_;
    LogIndex log_index_{nullptr};
    std::int64_t log_pages_ = 0;
    StatementCache<Statement> statements_;
};

}  // namespace symbolon::db::sqlite
