#pragma once

#include "db/database.hpp"
#include "db/sqlite/connection.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace symbolon::db::sqlite {

/// A connection that one thread reads with.
class Reader {
public:
    explicit Reader(const Storage& storage) : connection_(storage, Connection::Role::reader) {}

    /// Runs the closure on one snapshot. Threads: the one that it belongs to.
    void run(const Database::Closure& closure);

    /// Nothing before the first read, which opens the log. Threads: the one that it belongs to.
    std::optional<Database::Mark> mark() { return runs() > 0 ? connection_.log_index().mark() : std::nullopt; }

    std::uint64_t runs() const { return runs_.load(std::memory_order_relaxed); }

private:
    Connection connection_;
    std::atomic<std::uint64_t> runs_{0};  // written by its thread only; others read it for the metrics
};

/// The readers of one database, one for every thread that has read. A reader is closed with its thread or with the
/// database, whichever ends first. Threads: any.
class Readers : public std::enable_shared_from_this<Readers> {
public:
    explicit Readers(Storage storage);
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// Fails: Error{unavailable} (the connection cannot be opened).
    Reader& of_this_thread();

    std::uint64_t runs() const;

private:
    class Mine;

    Reader& open();
    void close(const Reader* reader);

    const Storage storage_;
    const std::uint64_t number_;  // never used again, so what a thread keeps of an ended database is not mistaken
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Reader>> readers_;
    std::uint64_t runs_of_closed_ = 0;
};

}  // namespace symbolon::db::sqlite
