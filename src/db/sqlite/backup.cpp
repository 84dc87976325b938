#include "db/backup.hpp"

#include "base/error.hpp"
#include "db/sqlite/collation.hpp"
#include "db/sqlite/failure.hpp"
#include "db/sqlite/files.hpp"
#include "db/sqlite/mapped_files.hpp"

#include <sqlite3.h>

#include <memory>
#include <string_view>

namespace symbolon::db {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view scheme = "sqlite:";
constexpr int all_pages = -1;

struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

Handle open_file(const fs::path& file, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_EXRESCODE, sqlite::mapped_files());
    Handle handle(raw);
    if (code != SQLITE_OK) sqlite::throw_failure(raw, "open " + file.native());
    sqlite3_busy_timeout(raw, 10'000);
    return handle;
}

/// In one go: the pages are of one snapshot, and writers go on beside it (write-ahead log).
void copy_pages(sqlite3* from, sqlite3* to) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == nullptr) sqlite::throw_failure(to, "begin the copy");
    const int done = sqlite3_backup_step(backup, all_pages);
    sqlite3_backup_finish(backup);
    if (done != SQLITE_DONE) sqlite::throw_failure(to, "copy");
}

}  // namespace

void back_up(const std::string& url, const fs::path& file) {
    if (!url.starts_with(scheme) || url == "sqlite::memory:") {
        throw Error{Errc::invalid_parameter,
                    "Only a database in a file is copied here; other engines have their own tools."};
    }
    const fs::path source = url.substr(scheme.size());
    if (!fs::is_regular_file(source)) {
        throw Error{Errc::invalid_parameter, "There is no database at " + source.native() + "."};
    }
    if (fs::exists(file)) throw Error{Errc::invalid_parameter, file.native() + " exists already."};
    sqlite::create_database_file(fs::absolute(file));
    const auto from = open_file(source, SQLITE_OPEN_READWRITE);
    const auto to = open_file(file, SQLITE_OPEN_READWRITE);
    copy_pages(from.get(), to.get());
    // The copy's head says "write-ahead log": a rollback journal needs no further files beside it.
    if (sqlite3_exec(to.get(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr) != SQLITE_OK) {
        sqlite::throw_failure(to.get(), "finish the copy");
    }
    check(file);
}

void check(const fs::path& file) {
    const auto handle = open_file(file, SQLITE_OPEN_READONLY);
    std::string verdict;
    const auto take = [](void* out, int, char** columns, char**) {
        if (columns[0] != nullptr) static_cast<std::string*>(out)->append(columns[0]);
        return 0;
    };
    sqlite::add_collation(handle.get());
    if (sqlite3_exec(handle.get(), "PRAGMA integrity_check", take, &verdict, nullptr) != SQLITE_OK) {
        sqlite::throw_failure(handle.get(), "check " + file.native());
    }
    if (verdict != "ok") {
        throw Error{Errc::unavailable, "The database " + file.native() + " is damaged.", verdict};
    }
}

}  // namespace symbolon::db
