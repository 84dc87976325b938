#include "db/sorter.hpp"

#include "db/sqlite/failure.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <string>

// SQLite's ORDER BY is an external merge sort; this is a table that is filled and read once.
namespace symbolon::db {
namespace {

constexpr const char* create_records = R"sql(
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    CREATE TABLE records (key BLOB NOT NULL, value BLOB NOT NULL);
    BEGIN;
)sql";
constexpr std::string_view insert_record = "INSERT INTO records (key, value) VALUES (?1, ?2)";
constexpr std::string_view records_in_order = "SELECT key, value FROM records ORDER BY key";

using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)>;
using Prepared = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Handle open_unnamed() {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2("", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle handle(opened, sqlite3_close_v2);
    if (code != SQLITE_OK) sqlite::throw_failure(opened, "open a temporary database");
    return handle;
}

void run_script(sqlite3* handle, const std::string& script) {
    if (sqlite3_exec(handle, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        sqlite::throw_failure(handle, "prepare to sort");
}

Prepared prepare(sqlite3* handle, std::string_view sql) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v2(handle, sql.data(), static_cast<int>(sql.size()), &prepared, nullptr);
    Prepared statement(prepared, sqlite3_finalize);
    if (code != SQLITE_OK) sqlite::throw_failure(handle, sql);
    return statement;
}

void bind(sqlite3_stmt* statement, int place, std::string_view bytes) {
    sqlite3_bind_blob64(statement, place, bytes.data(), bytes.size(), SQLITE_STATIC);
}

std::string_view column(sqlite3_stmt* statement, int place) {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, place));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, place))};
}

}  // namespace

struct Sorter::Impl {
    Handle handle = open_unnamed();
    Prepared insert{nullptr, sqlite3_finalize};
    Prepared sorted{nullptr, sqlite3_finalize};  // runs from the first next() on
    bool ended = false;

    explicit Impl(std::size_t memory) {
        run_script(handle.get(), fmt::format("PRAGMA cache_size = -{};", memory / 1024) + create_records);
        insert = prepare(handle.get(), insert_record);
    }
};

Sorter::Sorter(std::size_t memory) : impl_(std::make_unique<Impl>(memory)) {}

Sorter::~Sorter() = default;

void Sorter::add(std::string_view key, std::string_view value) {
    sqlite3_stmt* insert = impl_->insert.get();
    bind(insert, 1, key);
    bind(insert, 2, value);
    const int code = sqlite3_step(insert);
    sqlite3_reset(insert);
    if (code != SQLITE_DONE) sqlite::throw_failure(impl_->handle.get(), insert_record);
}

std::optional<Sorter::Record> Sorter::next() {
    if (impl_->ended) return std::nullopt;
    auto& sorted = impl_->sorted;
    if (!sorted) sorted = prepare(impl_->handle.get(), records_in_order);
    const int code = sqlite3_step(sorted.get());
    impl_->ended = code == SQLITE_DONE;  // another step would begin anew
    if (impl_->ended) return std::nullopt;
    if (code != SQLITE_ROW) sqlite::throw_failure(impl_->handle.get(), records_in_order);
    return Record{column(sorted.get(), 0), column(sorted.get(), 1)};
}

}  // namespace symbolon::db
