#include "db/sqlite/schema.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/sqlite/transaction.hpp"

#include <fmt/format.h>
#include <boost/describe/class.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace symbolon::db::sqlite {
namespace {

struct AppliedRow {
    std::int64_t number;
    std::string name;
    std::string checksum;
};
BOOST_DESCRIBE_STRUCT(AppliedRow, (), (number, name, checksum))

struct DanglingRow {
    std::string parent;
};
BOOST_DESCRIBE_STRUCT(DanglingRow, (), (parent))

constexpr std::string_view create_table = R"sql(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        number        BIGINT NOT NULL PRIMARY KEY,
        name          TEXT   NOT NULL,
        checksum      TEXT   NOT NULL,
        applied_at_ms BIGINT NOT NULL
    )
)sql";

constexpr std::string_view list_applied = "SELECT number, name, checksum FROM schema_migrations ORDER BY number";

constexpr std::string_view record_applied = R"sql(
    INSERT INTO schema_migrations (number, name, checksum, applied_at_ms)
    VALUES ($1, $2, $3, $4)
)sql";

constexpr std::string_view find_dangling = R"sql(SELECT "parent" FROM pragma_foreign_key_check LIMIT 1)sql";

std::vector<AppliedMigration> read_applied(Transaction& tx) {
    std::vector<AppliedMigration> applied;
    for (auto& row : tx.rows<AppliedRow>(list_applied)) {
        applied.push_back({static_cast<int>(row.number), std::move(row.name), std::move(row.checksum)});
    }
    return applied;
}

void apply(Connection& connection, Transaction& tx, const Migration& migration, Instant now) {
    connection.run_script(std::string(migration.text));
    if (!connection.in_transaction()) {
        throw Error{Errc::internal, {}, fmt::format("migration {} ends its own transaction", migration.number)};
    }
    if (const auto dangling = tx.row<DanglingRow>(find_dangling)) {
        throw Error{
            Errc::internal,
            {},
            fmt::format("migration {} leaves references to missing rows of {}", migration.number, dangling->parent)};
    }
    tx.execute(record_applied, migration.number, migration.name, migration.checksum, now);
}

/// Does the first pending migration. Returns false when there is none. The list is read under the lock, since another
/// process may have done it in the meantime.
bool apply_next(Connection& connection, std::span<const Migration> known, Instant now) {
    connection.run("BEGIN IMMEDIATE");
    try {
        SqliteTransaction tx(connection, SqliteTransaction::Access::write);
        tx.execute(create_table);
        const auto pending = find_pending_migrations(known, read_applied(tx));
        if (!pending.empty()) apply(connection, tx, pending.front(), now);
        connection.run("COMMIT");
        if (pending.empty()) return false;
        log::info("database_migrated", {{"number", pending.front().number}, {"name", pending.front().name}});
        return true;
    } catch (...) {
        connection.roll_back();
        throw;
    }
}

}  // namespace

void migrate(Connection& connection, std::span<const Migration> known, Instant now) {
    // A migration may rebuild a table that others refer to, which takes the checks off (a pragma that does nothing
    // inside a transaction); they are made up for before each commit.
    connection.run_script("PRAGMA foreign_keys = OFF");
    while (apply_next(connection, known, now)) {
    }
    connection.run_script("PRAGMA foreign_keys = ON");
}

}  // namespace symbolon::db::sqlite
