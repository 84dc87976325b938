// What happens to a closure when others write the same rows, and when its connection is lost: before its commit was
// sent it runs again, once that was sent it never does.

#include "db/postgres/runner.hpp"

#include "db/postgres/cutting_proxy.hpp"
#include "db/postgres/fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace symbolon::db::postgres {
namespace {

constexpr std::string_view list_notes = "SELECT note FROM notes ORDER BY note";
constexpr std::string_view find_amount = "SELECT amount AS count FROM amounts WHERE name = $1";
constexpr std::string_view save_amount = "UPDATE amounts SET amount = $2 WHERE name = $1";

struct NoteRow {
    std::string note;
};
BOOST_DESCRIBE_STRUCT(NoteRow, (), (note))

class PostgresRunner : public PostgresTest {
protected:
    PostgresRunner() {
        sql("CREATE TABLE amounts (name TEXT NOT NULL PRIMARY KEY, amount BIGINT NOT NULL);"
            "INSERT INTO amounts VALUES ('left', 0), ('right', 0)");
    }

    std::string all_notes() {
        std::string all;
        for (const auto& row : read([](Transaction& tx) { return tx.rows<NoteRow>(list_notes); }))
            all += row.note + " ";
        return all;
    }
    std::int64_t amount(std::string_view name) {
        return read([&](Transaction& tx) { return tx.row<Count>(find_amount, name).value().count; });
    }
    static void add_one(Transaction& tx, std::string_view name) {
        tx.execute(save_amount, name, tx.row<Count>(find_amount, name).value().count + 1);
    }
};

TEST_F(PostgresRunner, runs_a_closure_again_after_a_conflict_and_keeps_nothing_of_the_first_run) {
    int runs = 0;
    write([&](Transaction& tx) {
        ++runs;
        tx.execute(insert_note, "run" + std::to_string(runs));
        const auto before = tx.row<Count>(find_amount, "left").value().count;
        if (runs == 1) sql("UPDATE amounts SET amount = amount + 1 WHERE name = 'left'");
        tx.execute(save_amount, "left", before + 1);
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(amount("left"), 2) << "both were added";
    EXPECT_EQ(all_notes(), "run2 ");
}

TEST_F(PostgresRunner, runs_a_closure_again_whatever_it_makes_of_the_conflict) {
    int runs = 0;
    write([&](Transaction& tx) {
        ++runs;
        const auto before = tx.row<Count>(find_amount, "left").value().count;
        if (runs == 1) sql("UPDATE amounts SET amount = amount + 1 WHERE name = 'left'");
        try {
            tx.execute(save_amount, "left", before + 1);
        } catch (const Error&) {
            throw Error{Errc::limit_exceeded};  // what a closure must not do
        }
    });
    EXPECT_EQ(runs, 2);
}

TEST_F(PostgresRunner, runs_one_of_two_again_whose_reads_and_writes_cross) {
    // Each reads what the other writes: no row is written twice, and yet they have no order.
    int runs = 0;
    write([&](Transaction& tx) {
        ++runs;
        const auto right = tx.row<Count>(find_amount, "right").value().count;
        if (runs == 1) {
            std::thread([this] {
                write([](Transaction& other) {
                    const auto left = other.row<Count>(find_amount, "left").value().count;
                    other.execute(save_amount, "right", left + 1);
                });
            }).join();
        }
        tx.execute(save_amount, "left", right + 1);
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(amount("right"), 1);
    EXPECT_EQ(amount("left"), 2) << "as if one had come after the other";
}

TEST_F(PostgresRunner, gives_up_after_many_conflicts) {
    int runs = 0;
    EXPECT_EQ(code_of([&] {
                  write([&](Transaction& tx) {
                      ++runs;
                      const auto before = tx.row<Count>(find_amount, "left").value().count;
                      sql("UPDATE amounts SET amount = amount + 1 WHERE name = 'left'");
                      tx.execute(save_amount, "left", before + 1);
                  });
              }),
              Errc::unavailable);
    EXPECT_EQ(runs, 21);
    EXPECT_EQ(amount("left"), 21);
}

TEST_F(PostgresRunner, lets_everybody_through_who_writes_the_same_row) {
    constexpr int rounds = 30;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([this] {
            for (int i = 0; i < rounds; ++i) write([](Transaction& tx) { add_one(tx, "left"); });
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(amount("left"), 8 * rounds);
}

TEST_F(PostgresRunner, runs_a_write_again_that_lost_its_connection_before_a_statement) {
    int runs = 0;
    write([&](Transaction& tx) {
        if (++runs == 1) end_connection_of(tx);
        tx.execute(insert_note, "run" + std::to_string(runs));
    });
    EXPECT_EQ(all_notes(), "run2 ");
}

TEST_F(PostgresRunner, runs_a_write_again_that_lost_its_connection_after_its_last_statement) {
    int runs = 0;
    write([&](Transaction& tx) {
        tx.execute(insert_note, "run" + std::to_string(++runs));
        if (runs == 1) end_connection_of(tx);
    });
    EXPECT_EQ(all_notes(), "run2 ");
}

TEST_F(PostgresRunner, runs_a_read_again_that_lost_its_connection) {
    int runs = 0;
    read([&](Transaction& tx) {
        if (++runs == 1) end_connection_of(tx);
        EXPECT_EQ(tx.row<Count>(count_notes).value().count, 0);
    });
    EXPECT_EQ(runs, 2);
}

TEST_F(PostgresRunner, opens_connections_again_that_were_closed_while_nobody_used_them) {
    EXPECT_EQ(notes(), 0);
    sql("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    EXPECT_EQ(notes(), 0);
    write([](Transaction& tx) { tx.execute(insert_note, "after"); });
    EXPECT_EQ(notes(), 1);
}

TEST_F(PostgresRunner, gives_up_when_every_connection_is_lost) {
    int runs = 0;
    EXPECT_EQ(code_of([&] {
                  read([&](Transaction& tx) {
                      ++runs;
                      end_connection_of(tx);
                      tx.row<Count>(count_notes);
                  });
              }),
              Errc::unavailable);
    EXPECT_EQ(runs, 4);
}

TEST_F(PostgresRunner, neither_answers_nor_repeats_a_write_whose_connection_is_lost_in_the_commit) {
    // A check that is made at the commit ends the connection.
    sql("CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';"
        "CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION hang_up()");
    int runs = 0;
    EXPECT_EQ(code_of([&] {
                  write([&](Transaction& tx) {
                      ++runs;
                      tx.execute(insert_note, "one");
                  });
              }),
              Errc::unavailable);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(notes(), 0);
}

TEST_F(PostgresRunner, does_not_do_a_write_twice_that_was_kept_but_could_not_be_answered) {
    const auto host = fresh_.url().find("host=") + 5;
    const std::string folder = fresh_.url().substr(host, fresh_.url().find('&', host) - host);
    CuttingProxy wire(folder, tests::shared_server().port);
    const std::string url =
        "postgresql://postgres@127.0.0.1:" + std::to_string(wire.port()) + "/" + fresh_.name() + "?pool_size=1";
    PostgresDatabase database({.url = url}, from_ms(0));
    int runs = 0;
    const auto closure = [&](Transaction& tx) {
        ++runs;
        tx.execute(insert_note, "one");
        wire.swallow_next_answer();
    };
    EXPECT_EQ(code_of([&] { run(database.write(closure)); }), Errc::unavailable);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(notes(), 1) << "it was kept: unavailable means unknown here";
    EXPECT_NO_THROW(run(database.write([](Transaction& tx) { tx.execute(insert_note, "two"); })));
    EXPECT_EQ(notes(), 2);
}

TEST_F(PostgresRunner, does_not_keep_what_was_refused) {
    EXPECT_EQ(code_of([&] {
                  write([](Transaction& tx) {
                      tx.execute(insert_note, "one");
                      throw Error{Errc::limit_exceeded};
                  });
              }),
              Errc::limit_exceeded);
    EXPECT_EQ(notes(), 0);
}

}  // namespace
}  // namespace symbolon::db::postgres
