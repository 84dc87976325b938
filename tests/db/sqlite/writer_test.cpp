#include "db/sqlite/writer.hpp"

#include "base/run.hpp"
#include "db/held_writes.hpp"
#include "db/refusal.hpp"
#include "db/sqlite/database.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/describe/class.hpp>

#include <atomic>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace symbolon::db::sqlite {
namespace {

namespace asio = boost::asio;

struct Count {
    std::int64_t count;
};
BOOST_DESCRIBE_STRUCT(Count, (), (count))

constexpr std::string_view insert = "INSERT INTO notes (note) VALUES ($1)";
constexpr std::string_view count_notes = "SELECT COUNT(*) AS count FROM notes";

/// What is started while the writer is held is one batch.
class WriterTest : public testing::Test, public HeldWrites {
protected:
    static constexpr WriteLimits limits{.waiting = 20, .batch = 10};

    WriterTest() {
        run(database_.write([](Transaction& tx) {
            tx.execute("CREATE TABLE notes (note TEXT NOT NULL)");
            tx.execute("CREATE TABLE parents (id BIGINT NOT NULL PRIMARY KEY)");
            tx.execute("CREATE TABLE children (parent BIGINT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)");
        }));
    }

    std::int64_t notes() {
        std::int64_t count = 0;
        run(database_.read([&](Transaction& tx) { count = tx.row<Count>(count_notes).value().count; }));
        return count;
    }

    static void note(Transaction& tx) { tx.execute(insert, "note"); }

    Database& database() override { return database_; }

    SqliteDatabase database_{{.path = {}, .limits = limits}, from_ms(0)};
};

TEST_F(WriterTest, commits_what_waits_together_in_one_transaction) {
    const auto held = hold();
    for (int i = 0; i < 10; ++i) start(note);
    const auto before = database_.counters();
    release();
    EXPECT_EQ(database_.counters().commits - before.commits, 2u);  // the held one, and the ten
    EXPECT_EQ(notes(), 10);
}

TEST_F(WriterTest, takes_no_more_than_a_batch_at_once) {
    const auto held = hold();
    for (int i = 0; i < 15; ++i) start(note);
    const auto before = database_.counters();
    release();
    EXPECT_EQ(database_.counters().commits - before.commits, 3u);
    EXPECT_EQ(notes(), 15);
}

TEST_F(WriterTest, answers_nobody_before_the_commit) {
    const auto held = hold();
    const auto first = start(note);
    const auto second = start([&](Transaction&) {
        // The loop runs what it is given in order, so an answer to the first would have come before this question.
        std::promise<bool> answered;
        asio::post(loop_, [&] { answered.set_value(first->ended); });
        EXPECT_FALSE(answered.get_future().get());
    });
    release();
    EXPECT_TRUE(first->ended);
    EXPECT_TRUE(second->ended);
}

TEST_F(WriterTest, refuses_when_its_queue_is_full_and_takes_again_after_that) {
    const auto held = hold();
    std::vector<std::shared_ptr<Outcome>> waiting;
    for (std::size_t i = 1; i < limits.waiting; ++i) waiting.push_back(start(note));
    const auto one_too_many = start(note);
    EXPECT_TRUE(one_too_many->ended);
    EXPECT_EQ(one_too_many->refusal, Errc::too_many_requests);
    release();
    for (const auto& outcome : waiting) EXPECT_EQ(outcome->refusal, std::nullopt);
    EXPECT_EQ(notes(), 19);
    EXPECT_NO_THROW(run(database_.write([](Transaction& tx) { note(tx); })));
}

TEST_F(WriterTest, takes_back_only_the_closure_that_throws) {
    const auto held = hold();
    const auto first = start(note);
    const auto refused = start([](Transaction& tx) {
        note(tx);
        throw Error{Errc::limit_exceeded};
    });
    const auto wrong = start([](Transaction& tx) {
        note(tx);
        tx.execute("INSERT INTO nowhere (x) VALUES (1)");
    });
    const auto last = start(note);
    release();
    EXPECT_EQ(first->refusal, std::nullopt);
    EXPECT_EQ(refused->refusal, Errc::limit_exceeded);
    EXPECT_EQ(wrong->refusal, Errc::internal);
    EXPECT_EQ(last->refusal, std::nullopt);
    EXPECT_EQ(notes(), 2);
}

TEST_F(WriterTest, tells_everyone_of_a_batch_when_its_commit_fails) {
    const auto held = hold();
    const auto first = start(note);
    // A constraint that is checked at the commit only: what the schema must not have, but here it makes a commit fail.
    const auto culprit = start([](Transaction& tx) { tx.execute("INSERT INTO children (parent) VALUES (7)"); });
    const auto refused = start([](Transaction&) { throw Error{Errc::limit_exceeded}; });
    release();
    EXPECT_EQ(held->refusal, std::nullopt);
    EXPECT_EQ(first->refusal, Errc::unavailable);
    EXPECT_EQ(culprit->refusal, Errc::unavailable);
    EXPECT_EQ(refused->refusal, Errc::unavailable);  // its reason may have rested on what is gone
    EXPECT_EQ(notes(), 0);
    EXPECT_NO_THROW(run(database_.write([](Transaction& tx) { note(tx); })));
    EXPECT_EQ(notes(), 1);
}

TEST_F(WriterTest, recovers_when_the_disk_was_full) {
    const auto held = hold();
    const auto first = start(note);
    const auto too_large = start([](Transaction& tx) {
        tx.execute("PRAGMA max_page_count = 1");  // SQLite's own way to a full disk
        for (int i = 0; i < 100; ++i) tx.execute(insert, std::string(100'000, 'x'));
    });
    release();
    EXPECT_EQ(first->refusal, Errc::unavailable);
    EXPECT_EQ(too_large->refusal, Errc::unavailable);
    EXPECT_EQ(notes(), 0);
    EXPECT_NO_THROW(run(database_.write([](Transaction& tx) { tx.execute(insert, std::string(1'000'000, 'x')); })));
    EXPECT_EQ(notes(), 1);
}

/// A database in a file, whose log can be looked at.
class WriterLog : public testing::Test {
protected:
    WriterLog() {
        run(database_.write([](Transaction& tx) { tx.execute("CREATE TABLE notes (note TEXT NOT NULL)"); }));
    }

    void write_megabytes(int count) {
        const std::string large(100'000, 'x');
        for (int i = 0; i < 10 * count; ++i) run(database_.write([&](Transaction& tx) { tx.execute(insert, large); }));
    }

    std::uintmax_t log_size() const { return std::filesystem::file_size(path_ + "-wal"); }

    TemporaryFolder folder_;
    std::string path_ = folder_.path() / "test.db";
    SqliteDatabase database_{{.path = path_, .limits = {.checkpoint_pages = 100, .restart_pages = 800}}, from_ms(0)};
};

TEST_F(WriterLog, is_brought_into_the_file_now_and_then) {
    write_megabytes(5);
    EXPECT_LT(log_size(), 3'000'000u);
}

TEST_F(WriterLog, grows_while_a_reader_needs_it_and_not_after_that) {
    run(database_.read([&](Transaction& tx) {
        tx.row<Count>(count_notes);  // the snapshot begins
        std::thread([this] { write_megabytes(6); }).join();
    }));
    EXPECT_GT(log_size(), 6'000'000u);
    write_megabytes(6);
    EXPECT_LT(log_size(), 9'000'000u);
}

TEST_F(WriterLog, starts_anew_even_when_there_is_always_a_reader) {
    // Each of two readers keeps its snapshot until the other one has a newer one.
    std::atomic<bool> writing = true;
    std::atomic<int> begun = 0;
    const auto read_on = [&] {
        while (writing) {
            run(database_.read([&](Transaction& tx) {
                tx.row<Count>(count_notes);
                const int before = begun.fetch_add(1);
                while (writing && begun == before + 1) std::this_thread::yield();
            }));
        }
    };
    std::thread first(read_on);
    std::thread second(read_on);
    write_megabytes(12);
    writing = false;
    first.join();
    second.join();
    EXPECT_LT(log_size(), 9'000'000u);
}

TEST(Writer, does_what_still_waits_before_it_ends) {
    asio::io_context loop;
    int done = 0;
    {
        SqliteDatabase database({}, from_ms(0));
        auto write = [](Database& db, int& count) -> Task<void> { co_await db.write([&](Transaction&) { ++count; }); };
        for (int i = 0; i < 20; ++i) {
            asio::co_spawn(loop, write(database, done), [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
        }
        loop.poll();
    }
    EXPECT_EQ(done, 20);
    loop.restart();
    loop.run();
}

}  // namespace
}  // namespace symbolon::db::sqlite
