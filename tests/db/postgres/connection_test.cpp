#include "db/postgres/connection.hpp"

#include "db/postgres/fixture.hpp"
#include "db/postgres/transaction.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::db::postgres {
namespace {

struct NumberedNote {
    std::int64_t id;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(NumberedNote, (), (id, note))

struct Setting {
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Setting, (), (value))

constexpr std::string_view insert = "INSERT INTO numbered (id, note) VALUES ($1, $2)";
constexpr std::string_view list_numbered = "SELECT id, note FROM numbered ORDER BY id";
constexpr std::string_view prepared_statements = "SELECT COUNT(*) AS count FROM pg_prepared_statements";

class PostgresStatements : public testing::Test {
protected:
    PostgresStatements() {
        tests::run_sql(fresh_.url(), "CREATE TABLE numbered (id BIGINT NOT NULL PRIMARY KEY, note TEXT NOT NULL)");
        tx().execute(insert, 1, "one");
        tx().execute(insert, 2, "two");
        commit();
    }

    /// A fresh one each time, since a failure ends a transaction.
    Transaction& tx() {
        if (!transaction_ || transaction_->failure()) {
            connection_.roll_back();
            connection_.begin(Connection::Access::write);
            transaction_.emplace(connection_);
        }
        return *transaction_;
    }

    void commit() {
        connection_.commit();
        transaction_.reset();
    }

    std::string setting(const std::string& name) {
        const auto text = "SELECT current_setting('" + name + "') AS value";
        return tx().row<Setting>(text).value().value;
    }

    tests::FreshDatabase fresh_;
    Address address_ = parse_address(fresh_.url());
    Connection connection_{address_};

private:
    std::optional<PostgresTransaction> transaction_;
};

TEST_F(PostgresStatements, are_prepared_once_for_each_text) {
    const auto before = tx().row<Count>(prepared_statements)->count;
    const std::string same_text(list_numbered);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(tx().rows<NumberedNote>(list_numbered).size(), 2u);
    EXPECT_EQ(tx().rows<NumberedNote>(same_text).size(), 2u);
    EXPECT_EQ(tx().row<Count>(prepared_statements)->count, before + 1);
}

TEST_F(PostgresStatements, that_are_made_at_run_time_do_not_pile_up) {
    for (int i = 0; i < 1500; ++i) {
        const auto text = "SELECT id, note FROM numbered WHERE id = " + std::to_string(i);
        EXPECT_LE(tx().rows<NumberedNote>(text).size(), 1u);
    }
    EXPECT_LE(tx().row<Count>(prepared_statements)->count, 1100);
    EXPECT_EQ(tx().rows<NumberedNote>(list_numbered).size(), 2u);
}

TEST_F(PostgresStatements, do_not_repeat_a_bound_value_when_they_fail) {
    tx().execute("CREATE UNIQUE INDEX numbered_note_key ON numbered (note)");
    const auto twice = refusal_of([&] { tx().execute(insert, 3, "one"); });
    ASSERT_TRUE(twice);
    EXPECT_EQ(twice->detail.find("=(one)"), std::string::npos) << twice->detail;
    EXPECT_NE(twice->detail.find("numbered_note_key"), std::string::npos) << twice->detail;
    const auto unfit =
        refusal_of([&] { tx().execute("DELETE FROM numbered WHERE id = CAST($1 AS TEXT)::BIGINT", "hunter2"); });
    ASSERT_TRUE(unfit);
    EXPECT_EQ(unfit->code, Errc::internal);
    EXPECT_EQ(unfit->detail.find("hunter2"), std::string::npos) << unfit->detail;
}

TEST_F(PostgresStatements, of_another_schema_are_prepared_anew) {
    EXPECT_EQ(tx().rows<NumberedNote>(list_numbered).size(), 2u);
    commit();
    tests::run_sql(fresh_.url(), "ALTER TABLE numbered ADD COLUMN extra TEXT");
    EXPECT_EQ(tx().rows<NumberedNote>(list_numbered).size(), 2u);
}

TEST_F(PostgresStatements, run_in_a_session_with_time_limits_whose_commits_wait_for_the_disk) {
    EXPECT_EQ(setting("statement_timeout"), "15s");
    EXPECT_EQ(setting("lock_timeout"), "5s");
    EXPECT_EQ(setting("idle_in_transaction_session_timeout"), "15s");
    EXPECT_EQ(setting("synchronous_commit"), "on");
    EXPECT_EQ(setting("application_name"), "symbolon");
    EXPECT_EQ(setting("transaction_isolation"), "serializable");
}

/// A setting of a session whose URL or database says something of its own.
std::string setting_of_session(const std::string& url, const std::string& name) {
    const Address address = parse_address(url);
    Connection connection(address);
    connection.begin(Connection::Access::read);
    PostgresTransaction transaction(connection);
    Transaction& tx = transaction;
    return tx.row<Setting>("SELECT current_setting('" + name + "') AS value").value().value;
}

TEST(PostgresSession, keeps_the_limits_that_the_url_or_the_database_names) {
    const tests::FreshDatabase fresh;
    EXPECT_EQ(setting_of_session(fresh.url("&options=-c%20statement_timeout%3D7s"), "statement_timeout"), "7s");
    tests::run_sql(fresh.url(), "ALTER DATABASE " + fresh.name() + " SET lock_timeout = '3s'");
    EXPECT_EQ(setting_of_session(fresh.url(), "lock_timeout"), "3s");
}

TEST(PostgresSession, has_commits_that_wait_for_the_disk_whatever_the_database_says) {
    const tests::FreshDatabase fresh;
    for (const char* weak : {"off", "local", "remote_write"}) {
        tests::run_sql(fresh.url(), "ALTER DATABASE " + fresh.name() + " SET synchronous_commit = " + weak);
        EXPECT_EQ(setting_of_session(fresh.url(), "synchronous_commit"), "on") << weak;
    }
    tests::run_sql(fresh.url(), "ALTER DATABASE " + fresh.name() + " SET synchronous_commit = remote_apply");
    EXPECT_EQ(setting_of_session(fresh.url(), "synchronous_commit"), "remote_apply");
}

}  // namespace
}  // namespace symbolon::db::postgres
