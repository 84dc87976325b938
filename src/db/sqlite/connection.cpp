#include "db/sqlite/connection.hpp"

#include "db/sqlite/collation.hpp"
#include "db/sqlite/failure.hpp"
#include "db/sqlite/mapped_files.hpp"

#include <sqlite3.h>

#include <mutex>

namespace symbolon::db::sqlite {
namespace {

constexpr int busy_milliseconds = 5000;  // another process: a backup, an administrator's command

constexpr int checkpoint_milliseconds = 50;

// Every thread of the server has a reader. Pages of the file are used where the kernel caches them (see
// mapped_files.hpp, which takes any size for "all of it"); a reader's own cache holds only those that are still in the
// log.
constexpr const char* reader_settings = R"sql(
    PRAGMA query_only = ON;
    PRAGMA cache_size = -2048;
    PRAGMA mmap_size = 1048576;
)sql";

// The log is brought into the file by the writer after it has answered (see Writer), not inside a commit.
constexpr const char* writer_settings = R"sql(
    PRAGMA page_size = 4096;
    PRAGMA journal_mode = WAL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA cache_size = -4096;
)sql";

constexpr const char* common_settings = R"sql(
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
)sql";

int remember_log_pages(void* pages, sqlite3*, const char*, int count) {
    *static_cast<std::int64_t*>(pages) = count;
    return SQLITE_OK;
}

/// SQLite's memory statistics put one lock around every allocation of all threads. Nothing here reads them.
void configure_library() {
    static std::once_flag once;
    std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

}  // namespace

void Connection::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

Connection::Connection(const Storage& storage, Role role) {
    configure_library();
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(storage.path.c_str(), &handle, flags, mapped_files());
    handle_.reset(handle);  // there is a handle even after a failure
    if (code != SQLITE_OK) throw_failure(handle, "open " + storage.path);
    configure(storage, role);
    log_index_ = LogIndex(handle);
}

void Connection::configure(const Storage& storage, Role role) {
    sqlite3_busy_timeout(handle_.get(), busy_milliseconds);
    // "x" is a name, never a text: PostgreSQL would refuse what SQLite forgives.
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    add_collation(handle_.get());
    run_script(common_settings);
    run_script(role == Role::reader ? reader_settings : writer_settings);
    const bool synced = storage.durability == Storage::Durability::synced;
    run_script(synced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
    sqlite3_wal_hook(handle_.get(), remember_log_pages, &log_pages_);
}

Statement& Connection::statement(std::string_view sql) {
    if (Statement* known = statements_.find(sql)) return *known;
    if (statements_.is_full()) statements_.clear();
    return statements_.add(sql, std::make_unique<Statement>(handle_.get(), sql));
}

void Connection::run_script(const std::string& statements) {
    if (sqlite3_exec(handle_.get(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw_failure(handle_.get(), statements);
    }
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

void Connection::roll_back() noexcept {
    if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Connection::checkpoint(Checkpoint kind) {
    const int mode = kind == Checkpoint::restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
    // Our readers are gone in microseconds; another process (a backup) may stay for long, and writers wait meanwhile.
    sqlite3_busy_timeout(handle_.get(), checkpoint_milliseconds);
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, nullptr, nullptr);
    sqlite3_busy_timeout(handle_.get(), busy_milliseconds);
    return code == SQLITE_OK;
}

}  // namespace symbolon::db::sqlite
