#include "db/sqlite/database.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/sqlite/schema.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <string_view>
#include <utility>

namespace symbolon::db::sqlite {
namespace {

namespace asio = boost::asio;

/// A coroutine that waits for the writer. It goes on where it came from, not on the writer's thread.
template <class Handler>
class WaitingWrite final : public Writer::Job {
public:
    WaitingWrite(const Database::Closure& closure, Handler handler)
        : Job(closure), work_(asio::make_work_guard(handler)), handler_(std::move(handler)) {}

    void answer(std::exception_ptr failure) override {
        auto resume = [handler = std::move(handler_), failure = std::move(failure)]() mutable {
            std::move(handler)(std::move(failure));
        };
        asio::post(work_.get_executor(), std::move(resume));
    }

private:
    // Until this thread is out of post(): the caller may have gone on and have nothing left to do, but its io_context
    // must not end while it is still being woken up.
    asio::executor_work_guard<asio::associated_executor_t<Handler>> work_;
    Handler handler_;
};

constexpr std::string_view trivial = "SELECT 1";

Storage storage_of(const Options& options, std::optional<TemporaryFolder>& temporary) {
    if (options.path.empty()) {
        temporary.emplace();
        return {temporary->path() / "symbolon.db", Storage::Durability::lost_with_the_process};
    }
    return {std::filesystem::absolute(options.path), Storage::Durability::synced};
}

}  // namespace

SqliteDatabase::SqliteDatabase(const Options& options, Instant now) {
    const Storage storage = storage_of(options, temporary_);
    create_database_file(storage.path);
    auto connection = std::make_unique<Connection>(storage, Connection::Role::writer);
    migrate(*connection, options.migrations, now);
    readers_ = std::make_shared<Readers>(storage);
    writer_ = std::make_unique<Writer>(storage, std::move(connection), options.limits);
}

// The readers go first: the writer's connection is the last one, which brings the whole log into the file.
SqliteDatabase::~SqliteDatabase() {
    readers_.reset();
    writer_.reset();
}

Task<void> SqliteDatabase::run_read(Closure closure) {
    readers_->of_this_thread().run(closure);
    co_return;
}

Task<void> SqliteDatabase::run_write(Closure closure) {
    writer_->reserve();
    auto submit = [this, &closure](auto handler) {
        using Handler = decltype(handler);
        writer_->submit(std::make_unique<WaitingWrite<Handler>>(closure, std::move(handler)));
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr)>(submit, asio::use_awaitable);
}

std::optional<Database::Mark> SqliteDatabase::mark() {
    return readers_->of_this_thread().mark();
}

Task<bool> SqliteDatabase::healthy() {
    try {
        co_await run_read([](Transaction& tx) { tx.execute(trivial); });
        co_return true;
    } catch (const Error& failure) {
        log::warning("database_unhealthy", {{"detail", failure.detail}});
        co_return false;
    }
}

Database::Counters SqliteDatabase::counters() const {
    return {.reads = readers_->runs(), .writes = writer_->writes(), .commits = writer_->commits()};
}

}  // namespace symbolon::db::sqlite
