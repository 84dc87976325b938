#include "db/postgres/schema.hpp"

#include "db/postgres/fixture.hpp"
#include "db/postgres/transaction.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace symbolon::db::postgres {
namespace {

const Instant now = from_ms(1795363380123);

constexpr std::array<Migration, 2> known_here{{
    {1, "initial", "CREATE TABLE a (x BIGINT PRIMARY KEY); INSERT INTO a VALUES (1); -- the end", "aaaa"},
    {2, "second", "CREATE TABLE b (x BIGINT REFERENCES a (x)); INSERT INTO b VALUES (1);", "bbbb"},
}};

/// An empty schema in a database of the tests' server.
class PostgresSchema : public testing::Test {
protected:
    PostgresSchema() { tests::run_sql(fresh_.url(), "CREATE SCHEMA empty"); }

    std::string sql(const std::string& statements) { return tests::run_sql(url_, statements); }
    std::string tables() {
        return sql("SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'empty'");
    }
    std::string recorded() {
        return sql(
            "SELECT string_agg(concat_ws(',', number, name, checksum, applied_at_ms), ' ' ORDER BY number)"
            " FROM schema_migrations");
    }
    void migrate_to(std::span<const Migration> steps, Instant when = now) {
        Connection connection(address_);
        migrate(connection, steps, when);
    }
    /// One migration after the first of the known ones.
    Errc refusal_after_first(std::string_view text) {
        const std::array<Migration, 2> steps{{known_here[0], {2, "wrong", text, "0000"}}};
        return code_of([&] { migrate_to(steps); });
    }

    tests::FreshDatabase fresh_;
    std::string url_ = fresh_.url("&options=-c%20search_path%3Dempty");
    Address address_ = parse_address(url_);
};

TEST_F(PostgresSchema, of_an_empty_database_gets_every_migration_in_order) {
    migrate_to(known_here);
    EXPECT_EQ(tables(), "a b schema_lock schema_migrations");
    EXPECT_EQ(recorded(), "1,initial,aaaa,1795363380123 2,second,bbbb,1795363380123");
}

TEST_F(PostgresSchema, gets_only_the_migrations_that_are_new) {
    migrate_to(std::span(known_here).first(1));
    migrate_to(known_here, now + std::chrono::milliseconds(1));
    migrate_to(known_here, now + std::chrono::milliseconds(2));
    EXPECT_EQ(recorded(), "1,initial,aaaa,1795363380123 2,second,bbbb,1795363380124");
}

TEST_F(PostgresSchema, keeps_nothing_of_a_migration_that_fails) {
    EXPECT_EQ(refusal_after_first("CREATE TABLE c (x BIGINT); CREATE TABLE a (x BIGINT)"), Errc::internal);
    EXPECT_EQ(tables(), "a schema_lock schema_migrations");
    EXPECT_EQ(recorded(), "1,initial,aaaa,1795363380123");
}

TEST_F(PostgresSchema, refuses_a_migration_that_ends_its_transaction) {
    EXPECT_EQ(refusal_after_first("CREATE TABLE c (x BIGINT); COMMIT"), Errc::internal);
    EXPECT_EQ(recorded(), "1,initial,aaaa,1795363380123");
}

TEST_F(PostgresSchema, of_a_newer_program_is_left_alone) {
    migrate_to(known_here);
    EXPECT_EQ(code_of([&] { migrate_to(std::span(known_here).first(1)); }), Errc::unavailable);
    EXPECT_EQ(recorded(), "1,initial,aaaa,1795363380123 2,second,bbbb,1795363380123");
}

TEST_F(PostgresSchema, is_made_once_when_several_processes_start_together) {
    std::vector<std::thread> threads;
    const auto process = [this] {
        try {
            migrate_to(known_here);
        } catch (const Failure& failure) {
            ADD_FAILURE() << failure.state << " " << failure.detail;
        }
    };
    for (int i = 0; i < 6; ++i) threads.emplace_back(process);
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(recorded(), "1,initial,aaaa,1795363380123 2,second,bbbb,1795363380123");
}

TEST_F(PostgresSchema, waits_for_another_process_that_is_migrating) {
    migrate_to(std::span(known_here).first(1));
    std::thread another;
    {
        Connection connection(address_);
        connection.begin(Connection::Access::change_schema);
        PostgresTransaction transaction(connection);
        Transaction& tx = transaction;
        tx.execute("SELECT name FROM schema_lock FOR UPDATE");
        another = std::thread([this] { migrate_to(known_here); });
        const std::string waiting =
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock'";
        while (sql(waiting).empty()) std::this_thread::yield();
        connection.run_script(std::string(known_here[1].text));
        tx.execute("INSERT INTO schema_migrations VALUES (2, 'second', 'bbbb', 7)");
        connection.commit();
    }
    another.join();
    EXPECT_EQ(recorded(), "1,initial,aaaa,1795363380123 2,second,bbbb,7");
}

TEST_F(PostgresSchema, of_a_database_that_is_up_to_date_needs_no_right_to_change_it) {
    migrate_to(known_here);
    const std::string role = "reader_" + fresh_.name();
    sql("CREATE ROLE " + role + " LOGIN; GRANT USAGE ON SCHEMA empty TO " + role + ";" +
        "GRANT SELECT ON schema_migrations TO " + role);
    std::string url = url_;
    url.replace(url.find("//postgres@"), 11, "//" + role + "@");
    const Address address = parse_address(url);
    {
        Connection connection(address);
        EXPECT_NO_THROW(migrate(connection, known_here, now));
    }
    sql("DROP OWNED BY " + role + "; DROP ROLE " + role);
}

}  // namespace
}  // namespace symbolon::db::postgres
