#include "db/sqlite/database.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/job.hpp"
#include "db/sqlite/schema.hpp"

#include <string_view>
#include <utility>

namespace symbolon::db::sqlite {
namespace {

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
    auto submit = [this](std::unique_ptr<Job> job) { writer_->submit(std::move(job)); };
    co_await hand_over(closure, submit);
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
