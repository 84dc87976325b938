#include "db/database.hpp"

#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/migrate.hpp"
#include "db/sqlite/database.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace symbolon::db {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::string_view in_memory = ":memory:";

}  // namespace

std::unique_ptr<Database> open(const std::string& url, Schema schema) {
    // The whole URL is not repeated: it may hold a password.
    if (!url.starts_with(sqlite_scheme)) {
        throw Error{Errc::invalid_parameter, "The database is given as sqlite:PATH."};
    }
    std::string path = url.substr(sqlite_scheme.size());
    if (path.empty()) throw Error{Errc::invalid_parameter, "The path of the database is missing: sqlite:PATH."};
    if (path == in_memory) path.clear();
    sqlite::Options options{.path = std::move(path)};
    if (schema == Schema::assistant) options.migrations = assistant_migrations();
    return std::make_unique<sqlite::SqliteDatabase>(std::move(options), SystemClock{}.now());
}

}  // namespace symbolon::db
