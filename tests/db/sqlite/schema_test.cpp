#include "db/sqlite/schema.hpp"

#include "db/refusal.hpp"
#include "db/sqlite/files.hpp"
#include "db/sqlite/transaction.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace symbolon::db::sqlite {
namespace {

const Instant noon = from_ms(1795363380123);

struct Recorded {
    std::int64_t number;
    std::string name;
    std::string checksum;
    Instant applied_at_ms;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (number, name, checksum, applied_at_ms))

struct Name {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Name, (), (name))

constexpr std::string_view list_recorded = R"sql(
    SELECT number, name, checksum, applied_at_ms FROM schema_migrations ORDER BY number
)sql";
constexpr std::string_view list_tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";

constexpr std::array<Migration, 2> known{{
    {1, "initial", "CREATE TABLE a (x BIGINT PRIMARY KEY); INSERT INTO a VALUES (1); -- the end", "aaaa"},
    {2, "second", "CREATE TABLE b (x BIGINT REFERENCES a (x)); INSERT INTO b VALUES (1);", "bbbb"},
}};

class Schema : public testing::Test {
protected:
    std::vector<Recorded> recorded() { return tx().rows<Recorded>(list_recorded); }
    std::vector<std::string> tables() {
        std::vector<std::string> names;
        for (auto& row : tx().rows<Name>(list_tables)) names.push_back(row.name);
        return names;
    }
    SqliteTransaction tx() { return {connection_, SqliteTransaction::Access::write}; }
    /// One migration after the first of the known ones.
    Errc refusal_after_first(std::string_view text) {
        const std::array<Migration, 2> steps{{known[0], {2, "wrong", text, "0000"}}};
        return code_of([&] { migrate(connection_, steps, noon); });
    }

    TemporaryFolder folder_;
    Storage storage_ = made(folder_);
    Connection connection_{storage_, Connection::Role::writer};

private:
    static Storage made(const TemporaryFolder& folder) {
        create_database_file(folder.path() / "test.db");
        return {folder.path() / "test.db", Storage::Durability::lost_with_the_process};
    }
};

TEST_F(Schema, of_an_empty_database_gets_every_migration_in_order) {
    migrate(connection_, known, noon);
    EXPECT_EQ(tables(), (std::vector<std::string>{"a", "b", "schema_migrations"}));
    const auto rows = recorded();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].number, 1);
    EXPECT_EQ(rows[1].name, "second");
    EXPECT_EQ(rows[1].checksum, "bbbb");
    EXPECT_EQ(rows[1].applied_at_ms, noon);
}

TEST_F(Schema, gets_only_the_migrations_that_are_new) {
    migrate(connection_, std::span(known).first(1), noon);
    migrate(connection_, known, noon + std::chrono::hours(1));
    migrate(connection_, known, noon + std::chrono::hours(2));
    const auto rows = recorded();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].applied_at_ms, noon);
    EXPECT_EQ(rows[1].applied_at_ms, noon + std::chrono::hours(1));
}

TEST_F(Schema, keeps_nothing_of_a_migration_that_fails) {
    EXPECT_EQ(refusal_after_first("CREATE TABLE c (x BIGINT); CREATE TABLE a (x BIGINT)"), Errc::internal);
    EXPECT_EQ(tables(), (std::vector<std::string>{"a", "schema_migrations"}));
    EXPECT_EQ(recorded().size(), 1u);
    EXPECT_FALSE(connection_.in_transaction());
}

TEST_F(Schema, refuses_a_migration_that_ends_its_transaction) {
    EXPECT_EQ(refusal_after_first("CREATE TABLE c (x BIGINT); COMMIT"), Errc::internal);
    EXPECT_EQ(recorded().size(), 1u);
}

TEST_F(Schema, refuses_a_migration_that_leaves_references_to_nothing) {
    EXPECT_EQ(refusal_after_first("CREATE TABLE c (x BIGINT REFERENCES a (x)); INSERT INTO c VALUES (7)"),
              Errc::internal);
    EXPECT_EQ(tables(), (std::vector<std::string>{"a", "schema_migrations"}));
}

TEST_F(Schema, can_rebuild_a_table_that_others_refer_to) {
    const std::array<Migration, 3> steps{{known[0],
                                          known[1],
                                          {3, "rebuild", R"sql(
        CREATE TABLE new_a (x BIGINT PRIMARY KEY, y TEXT);
        INSERT INTO new_a (x) SELECT x FROM a;
        DROP TABLE a;
        ALTER TABLE new_a RENAME TO a;
    )sql",
                                           "cccc"}}};
    migrate(connection_, steps, noon);
    EXPECT_EQ(recorded().size(), 3u);
    EXPECT_EQ(code_of([&] { tx().execute("INSERT INTO b VALUES (7)"); }), Errc::internal);  // checks are on again
}

TEST_F(Schema, takes_what_is_marked_for_this_engine) {
    const std::array<Migration, 1> marked{
        {{1, "initial",
          "-- a remark /* of SQL */\nCREATE TABLE a (x TEXT PRIMARY KEY) /*sqlite WITHOUT ROWID */; "
          "/*sqlite CREATE TABLE b (x BIGINT); */ /* CREATE TABLE c (x BIGINT); */",
          "aaaa"}}};
    migrate(connection_, marked, noon);
    EXPECT_EQ(tables(), (std::vector<std::string>{"a", "b", "schema_migrations"}));
    EXPECT_EQ(code_of([&] { tx().execute("INSERT INTO b SELECT rowid FROM a"); }), Errc::internal);
}

TEST_F(Schema, of_a_newer_program_is_left_alone) {
    migrate(connection_, known, noon);
    EXPECT_EQ(code_of([&] { migrate(connection_, std::span(known).first(1), noon); }), Errc::unavailable);
    EXPECT_EQ(recorded().size(), 2u);
}

TEST_F(Schema, is_made_once_when_several_processes_start_together) {
    const auto migrate_too = [this] {
        Connection connection(storage_, Connection::Role::writer);
        migrate(connection, known, noon);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(migrate_too);
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(recorded().size(), 2u);
}

}  // namespace
}  // namespace symbolon::db::sqlite
