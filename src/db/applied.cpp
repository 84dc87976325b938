#include "db/applied.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace symbolon::db {
namespace {

constexpr std::string_view list_applied = "SELECT number, name, checksum FROM schema_migrations ORDER BY number";

constexpr std::string_view insert_applied = R"sql(
    INSERT INTO schema_migrations (number, name, checksum, applied_at_ms)
    VALUES ($1, $2, $3, $4)
)sql";

struct AppliedRow {
    std::int64_t number;
    std::string name;
    std::string checksum;
};
BOOST_DESCRIBE_STRUCT(AppliedRow, (), (number, name, checksum))

}  // namespace

std::vector<AppliedMigration> read_applied(Transaction& tx) {
    std::vector<AppliedMigration> applied;
    for (auto& row : tx.rows<AppliedRow>(list_applied)) {
        applied.push_back({static_cast<int>(row.number), std::move(row.name), std::move(row.checksum)});
    }
    return applied;
}

void record_applied(Transaction& tx, const Migration& migration, Instant now) {
    tx.execute(insert_applied, migration.number, migration.name, migration.checksum, now);
}

}  // namespace symbolon::db
