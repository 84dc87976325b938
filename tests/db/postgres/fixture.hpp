#pragma once

#include "base/run.hpp"
#include "db/postgres/database.hpp"
#include "db/refusal.hpp"
#include "postgres/server.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::db::postgres {

struct Count {
    std::int64_t count;
};
BOOST_DESCRIBE_STRUCT(Count, (), (count))

struct Pid {
    std::int64_t pid;
};
BOOST_DESCRIBE_STRUCT(Pid, (), (pid))

inline constexpr std::string_view insert_note = "INSERT INTO notes (note) VALUES ($1)";
inline constexpr std::string_view count_notes = "SELECT COUNT(*) AS count FROM notes";
inline constexpr std::string_view find_pid = "SELECT pg_backend_pid() AS pid";

/// A database of the tests' server with a table of notes.
class PostgresTest : public testing::Test {
protected:
    PostgresTest() { sql("CREATE TABLE notes (note TEXT NOT NULL)"); }

    /// Runs statements beside the database under test, as its administrator.
    std::string sql(const std::string& statements) { return tests::run_sql(fresh_.url(), statements); }

    template <class F>
    auto read(F closure) {
        return run(database_.read(std::move(closure)));
    }
    template <class F>
    auto write(F closure) {
        return run(database_.write(std::move(closure)));
    }

    std::int64_t notes() {
        return read([](Transaction& tx) { return tx.row<Count>(count_notes).value().count; });
    }

    /// Ends the connection that a transaction runs on, and returns when it is gone.
    void end_connection_of(Transaction& tx) {
        const auto pid = tx.row<Pid>(find_pid).value().pid;
        sql("SELECT pg_terminate_backend(" + std::to_string(pid) + ", 10000)");
    }

    tests::FreshDatabase fresh_;
    PostgresDatabase database_{{.url = fresh_.url()}, from_ms(0)};
};

}  // namespace symbolon::db::postgres
