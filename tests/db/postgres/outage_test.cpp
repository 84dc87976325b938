// A server that goes away and comes back, and one whose standby does not answer: each with a server of its own.

#include "db/postgres/fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace symbolon::db::postgres {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

class PostgresOutage : public testing::Test {
protected:
    PostgresOutage() { tests::run_sql(fresh_->url(), "CREATE TABLE notes (note TEXT NOT NULL)"); }

    void note(Database& database) {
        run(database.write([](Transaction& tx) { tx.execute(insert_note, "note"); }));
    }
    std::optional<Error> refusal_of_note(Database& database) {
        return refusal_of([&] { note(database); });
    }
    /// Changes a setting of the server, which takes it up by and by.
    void set_server(const std::string& name, const std::string& value) { set_server(name, value, server_.url()); }
    static void set_server(const std::string& name, const std::string& value, const std::string& url) {
        tests::run_sql(url, "ALTER SYSTEM SET " + name + " = '" + value + "'");
        tests::run_sql(url, "SELECT pg_reload_conf()");
        while (tests::run_sql(url, "SHOW " + name) != value) std::this_thread::yield();
    }
    std::string count() { return tests::run_sql(fresh_->url(), "SELECT COUNT(*) FROM notes"); }

    tests::PostgresServer server_;
    std::unique_ptr<tests::FreshDatabase> fresh_ = std::make_unique<tests::FreshDatabase>(server_.url());
};

TEST_F(PostgresOutage, makes_everything_unavailable_at_once_and_ends_when_the_server_is_back) {
    PostgresDatabase database({.url = fresh_->url()}, from_ms(0));
    note(database);
    server_.stop();

    const auto stopped = Steady::now();
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i) EXPECT_EQ(refusal_of_note(database).value().code, Errc::unavailable);
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_LT(Steady::now() - stopped, 5s) << "200 requests";
    EXPECT_FALSE(run(database.healthy()));
    EXPECT_EQ(code_of([&] { open(fresh_->url()); }), Errc::unavailable);

    server_.start();
    const auto started = Steady::now();
    while (refusal_of_note(database)) ASSERT_LT(Steady::now() - started, 5s);
    EXPECT_TRUE(run(database.healthy()));
    EXPECT_EQ(count(), "2");
}

TEST_F(PostgresOutage, does_not_answer_a_commit_that_no_standby_has) {
    PostgresDatabase database({.url = fresh_->url()}, from_ms(0));
    note(database);
    set_server("synchronous_standby_names", "nobody");
    std::optional<Error> refusal;
    std::thread writer([&] { refusal = refusal_of_note(database); });
    // An administrator ends the wait: to PostgreSQL that is a commit, with a warning.
    while (tests::run_sql(server_.url(),
                          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                          " WHERE wait_event = 'SyncRep'") != "t")
        std::this_thread::yield();
    writer.join();
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, Errc::unavailable);
    EXPECT_NE(refusal->detail.find("not replicated"), std::string::npos) << refusal->detail;
    set_server("synchronous_standby_names", "");
    EXPECT_EQ(count(), "2") << "and yet it is there: unavailable means unknown here";
}

TEST_F(PostgresOutage, goes_to_the_host_that_takes_writes) {
    tests::PostgresServer other;  // says that it takes none
    tests::run_sql(other.url(), "CREATE DATABASE " + fresh_->name());
    set_server("default_transaction_read_only", "on", other.url());
    const auto folder = [](const std::string& url) {
        const auto begin = url.find("host=") + 5;
        return url.substr(begin, url.find('&', begin) - begin);
    };
    const std::string url = "postgresql://postgres@/" + fresh_->name() + "?host=" + folder(other.url()) + "," +
                            folder(server_.url()) + "&port=" + other.port() + "," + server_.port();
    PostgresDatabase database({.url = url}, from_ms(0));
    note(database);
    EXPECT_EQ(count(), "1");
}

}  // namespace
}  // namespace symbolon::db::postgres
