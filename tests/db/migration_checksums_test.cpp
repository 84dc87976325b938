// A migration that has been released has been run on somebody's database and never changes. Their checksums stand in
// migration_checksums.txt. (0001 may change until the first release is tagged.)

#include "db/migrate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iomanip>
#include <span>
#include <sstream>
#include <string>
#include <string_view>

namespace symbolon::db {
namespace {

constexpr const char* how_to_go_on = R"(
A committed migration changed, or a new one is not in tests/db/migration_checksums.txt.
If the file has been in a release: take the change back and write a new migration.
Otherwise, from the repository's root:

    (cd src/db/migrations && sha256sum *.sql assistant/*.sql) > tests/db/migration_checksums.txt
)";

/// As sha256sum would print it in the folder of the migrations.
std::string checksums_of(std::span<const Migration> migrations, std::string_view folder) {
    std::ostringstream lines;
    for (const auto& migration : migrations) {
        lines << migration.checksum << "  " << folder << std::setw(4) << std::setfill('0') << migration.number << '_'
              << migration.name << ".sql\n";
    }
    return lines.str();
}

TEST(MigrationChecksums, of_committed_files_do_not_change) {
    std::ostringstream committed;
    committed << std::ifstream(MIGRATION_CHECKSUMS).rdbuf();
    EXPECT_EQ(checksums_of(server_migrations(), "") + checksums_of(assistant_migrations(), "assistant/"),
              committed.str())
        << how_to_go_on;
}

}  // namespace
}  // namespace symbolon::db
