#pragma once

#include "db/database.hpp"

#include <cstdint>
#include <optional>

struct sqlite3;

namespace symbolon::db::sqlite {

/// The head of the write-ahead log's index (sqlite.org/walformat.html §2.1), in the memory that all connections of all
/// processes share. A commit is a commit once it is written there, so it tells without a lock and without a call into
/// the kernel whether there was one. Belongs to one connection and is used no longer than that.
class LogIndex {
public:
    explicit LogIndex(sqlite3* connection) : connection_(connection) {}

    /// Nothing when there is no such memory. The connection has run a transaction before.
    std::optional<Database::Mark> mark();

private:
    const volatile std::uint64_t* find_head() const;

    sqlite3* connection_;
    const volatile std::uint64_t* head_ = nullptr;
};

}  // namespace symbolon::db::sqlite
