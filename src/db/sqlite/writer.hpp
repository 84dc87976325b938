#pragma once

#include "db/job.hpp"
#include "db/sqlite/connection.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace symbolon::db::sqlite {

/// How much may wait. Pages have 4 KiB.
struct WriteLimits {
    std::size_t waiting = 4096;            ///< closures given to the writer and not yet answered
    std::size_t batch = 256;               ///< closures in one commit
    std::int64_t checkpoint_pages = 1000;  ///< by which the log grows until it is copied into the file
    /// From this length on, which the log reaches when some reader was always in the way, the writer waits for the
    /// readers, so that the log can start anew.
    std::int64_t restart_pages = 8000;
};

/// The one thread that writes. Group commit: it takes the closures that wait, runs each in a savepoint of one
/// transaction, commits (one fsync), and only then answers all of them. It never waits for a batch to fill: while one
/// commit is on its way to the disk, the next batch gathers by itself.
///
///     idle ──submit──> batch taken ──BEGIN IMMEDIATE──> each: SAVEPOINT, closure, RELEASE or ROLLBACK TO ──COMMIT──>
///     answers
///                           │                                     │ the disk fails                         │ fails
///                           └───────────── everyone: unavailable, connection opened again at the next batch <┘
///
/// Owner: SqliteDatabase. The destructor does what still waits. Threads: any.
class Writer {
public:
    Writer(Storage storage, std::unique_ptr<Connection> connection, WriteLimits limits);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();

    /// Takes a place in the queue, for one submit. Fails: Error{too_many_requests}.
    void reserve();
    void submit(std::unique_ptr<Job> job);

    std::uint64_t writes() const { return writes_; }
    std::uint64_t commits() const { return commits_; }

private:
    using Batch = std::vector<std::unique_ptr<Job>>;
    using Failures = std::vector<std::exception_ptr>;  // one for each job of a batch

    void work();
    Batch next_batch();
    void run(Batch batch);
    void commit_all(const Batch& batch, Failures& failures);
    std::exception_ptr run_in_savepoint(const Job& job);
    void checkpoint();

    const Storage storage_;
    const WriteLimits limits_;
    std::unique_ptr<Connection> connection_;  // null after a failure, until the next batch
    std::int64_t copied_pages_ = 0;           // of the log, at the last checkpoint

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::unique_ptr<Job>> queue_;
    bool ending_ = false;

    std::atomic<std::size_t> waiting_{0};
    std::atomic<std::uint64_t> writes_{0};
    std::atomic<std::uint64_t> commits_{0};
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace symbolon::db::sqlite
