// A migration that has been released has been run on somebody's database and never changes. Their checksums stand in
// migration_checksums.txt. (0001 may change until the first release is tagged.)

#include "db/migrate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace symbolon::db {
namespace {

constexpr const char* how_to_go_on = R"(
A committed migration changed, or a new one is not in tests/db/migration_checksums.txt.
If the file has been in a release: take the change back and write a new migration.
Otherwise, from the repository's root:

    (cd src/db/migrations && sha256sum *.sql) > tests/db/migration_checksums.txt
)";

TEST(MigrationChecksums, of_committed_files_do_not_change) {
    std::ostringstream embedded;
    for (const auto& migration : server_migrations()) {
        std::string digits = std::to_string(migration.number);
        digits.insert(0, 4 - digits.size(), '0');
        embedded << migration.checksum << "  " << digits << '_' << migration.name << ".sql\n";
    }
    std::ostringstream committed;
    committed << std::ifstream(MIGRATION_CHECKSUMS).rdbuf();
    EXPECT_EQ(embedded.str(), committed.str()) << how_to_go_on;
}

}  // namespace
}  // namespace symbolon::db
