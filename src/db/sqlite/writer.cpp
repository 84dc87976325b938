#include "db/sqlite/writer.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/sqlite/transaction.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace symbolon::db::sqlite {
namespace {

constexpr std::string_view begin_batch = "BEGIN IMMEDIATE";
constexpr std::string_view begin_one = "SAVEPOINT one";
constexpr std::string_view keep_one = "RELEASE one";
constexpr std::string_view undo_one = "ROLLBACK TO one";
constexpr std::string_view commit_batch = "COMMIT";

Error as_unavailable(const std::exception_ptr& cause) {
    Error failure{Errc::unavailable, "The database is not available."};
    try {
        std::rethrow_exception(cause);
    } catch (const Error& error) {
        failure.detail = error.detail;
    } catch (const std::exception& error) {
        failure.detail = error.what();
    }
    return failure;
}

bool is_unavailable(const std::exception_ptr& cause) {
    try {
        std::rethrow_exception(cause);
    } catch (const Error& error) {
        return error.code == Errc::unavailable;
    } catch (...) {
        return false;
    }
}

}  // namespace

Writer::Writer(Storage storage, std::unique_ptr<Connection> connection, WriteLimits limits)
    : storage_(std::move(storage)), limits_(limits), connection_(std::move(connection)), thread_([this] { work(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Writer::reserve() {
    if (waiting_.fetch_add(1) < limits_.waiting) return;
    --waiting_;
    throw Error{Errc::too_many_requests, "Too many requests.", "the queue of writes is full"};
}

void Writer::submit(std::unique_ptr<Job> job) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void Writer::work() {
    for (;;) {
        Batch batch = next_batch();
        if (batch.empty()) return;
        run(std::move(batch));
        checkpoint();
    }
}

Writer::Batch Writer::next_batch() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    const auto size = static_cast<std::ptrdiff_t>(std::min(queue_.size(), limits_.batch));
    Batch batch(std::move_iterator(queue_.begin()), std::move_iterator(queue_.begin() + size));
    queue_.erase(queue_.begin(), queue_.begin() + size);
    return batch;
}

// Takes the batch, so that no answered job (and its hold on an executor) stays while the next one is waited for.
void Writer::run(Batch batch) {
    Failures failures(batch.size());
    try {
        commit_all(batch, failures);
        writes_ += static_cast<std::size_t>(std::ranges::count(failures, nullptr));
    } catch (...) {
        // Refusals of single closures go as well: they may rest on what an earlier one of the batch had written.
        const auto lost = as_unavailable(std::current_exception());
        log::error("database_commit_failed", {{"detail", lost.detail}, {"writes", batch.size()}});
        for (auto& failure : failures) failure = std::make_exception_ptr(lost);  // one each: they go to other threads
        connection_.reset();
    }
    waiting_ -= batch.size();
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->answer(std::move(failures[i]));
}

void Writer::commit_all(const Batch& batch, Failures& failures) {
    if (!connection_) connection_ = std::make_unique<Connection>(storage_, Connection::Role::writer);
    connection_->run(begin_batch);
    for (std::size_t i = 0; i < batch.size(); ++i) failures[i] = run_in_savepoint(*batch[i]);
    // SQLite would write the pages of what was undone.
    if (std::ranges::find(failures, nullptr) == failures.end()) return connection_->roll_back();
    connection_->run(commit_batch);
    ++commits_;
}

/// Returns what the closure is refused with; null when its savepoint was kept. Throws when the whole batch is lost.
std::exception_ptr Writer::run_in_savepoint(const Job& job) {
    connection_->run(begin_one);
    SqliteTransaction transaction(*connection_, SqliteTransaction::Access::write);
    std::exception_ptr refusal;
    try {
        job.closure()(transaction);
    } catch (...) {
        refusal = std::current_exception();
    }
    if (transaction.failure()) {
        // After "disk full" or an input/output error SQLite may have dropped the whole transaction.
        if (is_unavailable(transaction.failure()) || !connection_->in_transaction()) {
            std::rethrow_exception(transaction.failure());
        }
        if (!refusal) refusal = transaction.failure();
    }
    if (refusal) connection_->run(undo_one);
    connection_->run(keep_one);
    return refusal;
}

void Writer::checkpoint() {
    const std::int64_t pages = connection_ ? connection_->log_pages() : 0;
    if (pages < copied_pages_) copied_pages_ = 0;  // the log has started anew
    if (pages - copied_pages_ < limits_.checkpoint_pages) return;
    copied_pages_ = pages;
    const bool long_log = pages >= limits_.restart_pages;
    const auto kind = long_log ? Connection::Checkpoint::restart : Connection::Checkpoint::passive;
    if (!connection_->checkpoint(kind) && long_log) {
        log::warning("database_log_is_long", {{"pages", pages}});
    }
}

}  // namespace symbolon::db::sqlite
