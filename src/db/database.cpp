#include "db/database.hpp"

#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/migrate.hpp"
#include "db/postgres/database.hpp"
#include "db/sqlite/database.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace symbolon::db {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::string_view in_memory = ":memory:";

std::span<const Migration> migrations_of(Schema schema) {
    return schema == Schema::assistant ? assistant_migrations() : server_migrations();
}

}  // namespace

std::unique_ptr<Database> open(const std::string& url, Schema schema) {
    const Instant now = SystemClock{}.now();
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        const postgres::Options options{.url = url, .migrations = migrations_of(schema)};
        return std::make_unique<postgres::PostgresDatabase>(options, now);
    }
    // The whole URL is not repeated: it may hold a password.
    if (!url.starts_with(sqlite_scheme)) {
        throw Error{Errc::invalid_parameter, "The database is given as sqlite:PATH or postgresql://…."};
    }
    std::string path = url.substr(sqlite_scheme.size());
    if (path.empty()) throw Error{Errc::invalid_parameter, "The path of the database is missing: sqlite:PATH."};
    if (path == in_memory) path.clear();
    const sqlite::Options options{.path = std::move(path), .migrations = migrations_of(schema)};
    return std::make_unique<sqlite::SqliteDatabase>(options, now);
}

}  // namespace symbolon::db
