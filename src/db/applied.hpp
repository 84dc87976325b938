#pragma once

#include "base/clock.hpp"
#include "db/migrate.hpp"
#include "db/transaction.hpp"

#include <string_view>
#include <vector>

namespace symbolon::db {

/// The table in which a database says which migrations were done to it. Made if it is missing.
inline constexpr std::string_view create_applied_table = R"sql(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        number        BIGINT NOT NULL PRIMARY KEY,
        name          TEXT   NOT NULL,
        checksum      TEXT   NOT NULL,
        applied_at_ms BIGINT NOT NULL
    )
)sql";

/// In order of number.
std::vector<AppliedMigration> read_applied(Transaction& tx);
/// Written in the transaction that did the migration.
void record_applied(Transaction& tx, const Migration& migration, Instant now);

}  // namespace symbolon::db
