#pragma once

#include "db/transaction.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace symbolon::db::sqlite {

/// One prepared statement of a connection, run many times. It ends before its connection. Threads: one at a time.
class Statement {
public:
    /// Fails: Error{internal} (syntax, unknown table, several statements, parameters that are not $1 … $n).
    Statement(sqlite3* connection, std::string_view sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    const std::string& sql() const { return sql_; }
    bool only_reads() const;

    /// Runs it to its end. Returns how many rows it changed.
    std::int64_t run(std::span<const Parameter> parameters, const RowShape* shape, const OnRow& on_row);
    void run() { run({}, nullptr, {}); }

private:
    void bind(std::span<const Parameter> parameters);

    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };

    sqlite3* connection_;
    std::string sql_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    std::vector<int> positions_;  // of $1 … $n: SQLite numbers names by first appearance
    const RowShape* checked_shape_ = nullptr;
};

}  // namespace symbolon::db::sqlite
