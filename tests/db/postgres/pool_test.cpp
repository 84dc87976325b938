#include "db/postgres/pool.hpp"

#include "db/held_writes.hpp"
#include "db/postgres/fixture.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace symbolon::db::postgres {
namespace {

namespace asio = boost::asio;

/// A pool of one connection, which a closure can hold, so that what is started meanwhile waits.
class PostgresPool : public PostgresTest, public HeldWrites {
protected:
    static Task<void> ask(Database& database, std::optional<bool>& healthy) { healthy = co_await database.healthy(); }
    static void note(Transaction& tx) { tx.execute(insert_note, "note"); }

    Database& database() override { return small_; }

    PostgresDatabase small_{{.url = fresh_.url("&pool_size=1"), .limits = {.waiting = 5}}, from_ms(0)};
};

TEST_F(PostgresPool, refuses_when_its_queue_is_full_and_takes_again_after_that) {
    const auto held = hold();
    std::vector<std::shared_ptr<Outcome>> waiting;
    for (int i = 1; i < 5; ++i) waiting.push_back(start(note));
    const auto one_too_many = start(note);
    EXPECT_TRUE(one_too_many->ended);
    EXPECT_EQ(one_too_many->refusal, Errc::too_many_requests);
    release();
    for (const auto& outcome : waiting) EXPECT_EQ(outcome->refusal, std::nullopt);
    EXPECT_EQ(notes(), 4);
    EXPECT_NO_THROW(run(small_.write([](Transaction& tx) { note(tx); })));
}

TEST_F(PostgresPool, says_that_it_is_not_healthy_while_no_connection_is_free) {
    const auto held = hold();
    std::optional<bool> healthy;
    asio::co_spawn(loop_, ask(small_, healthy), [](std::exception_ptr) {});
    loop_.restart();
    while (!healthy) loop_.run_one();
    EXPECT_EQ(healthy, false);
    release();
    EXPECT_TRUE(run(small_.healthy()));
}

TEST_F(PostgresPool, is_asked_for_its_health_before_all_that_waits) {
    const auto held = hold();
    std::promise<void> asked;
    const auto waiting = start([&](Transaction&) { asked.get_future().wait(); });
    std::optional<bool> healthy;
    asio::co_spawn(loop_, ask(small_, healthy), [&](std::exception_ptr) { asked.set_value(); });
    loop_.poll();
    release();
    EXPECT_EQ(healthy, true) << "the one connection was held by what waited longer";
    EXPECT_TRUE(waiting->ended);
}

TEST_F(PostgresPool, does_what_still_waits_before_it_ends) {
    asio::io_context loop;
    std::atomic<int> done = 0;
    {
        PostgresDatabase database({.url = fresh_.url("&pool_size=2")}, from_ms(0));
        auto count = [](Database& db, std::atomic<int>& counter) -> Task<void> {
            co_await db.write([&](Transaction& tx) {
                note(tx);
                ++counter;
            });
        };
        for (int i = 0; i < 20; ++i) {
            asio::co_spawn(loop, count(database, done), [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
        }
        loop.poll();
    }
    EXPECT_GE(done, 20);  // some ran again
    loop.restart();
    loop.run();
    EXPECT_EQ(notes(), 20);
}

TEST_F(PostgresPool, uses_few_of_its_connections_when_there_is_little_work) {
    for (int i = 0; i < 50; ++i) EXPECT_EQ(notes(), 0);
    // Not always one: its thread may still be on its way back when the next work comes.
    const auto open =
        sql("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'symbolon'");
    EXPECT_LT(std::stoi(open), 5) << "of eight";
}

TEST_F(PostgresPool, leaves_the_work_to_the_connections_that_the_server_grants) {
    const std::string role = "plain_" + fresh_.name();  // no superuser: limits are not for those
    sql("CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 3; GRANT ALL ON notes, schema_migrations TO " + role);
    std::string url = fresh_.url();
    url.replace(url.find("//postgres@"), 11, "//" + role + "@");
    {
        PostgresDatabase database({.url = url}, from_ms(0));
        std::vector<std::thread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 5; ++i) run(database.write([](Transaction& tx) { note(tx); }));
            });
        }
        for (auto& thread : threads) thread.join();
    }
    EXPECT_EQ(notes(), 40);
    sql("DROP OWNED BY " + role);
}

}  // namespace
}  // namespace symbolon::db::postgres
