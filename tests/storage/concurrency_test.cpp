// Many callers at once: no update is lost, no snapshot is torn, one caller's failure is nobody else's.

#include "storage/engines.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe/class.hpp>

#include <atomic>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace symbolon::storage {
namespace {

namespace asio = boost::asio;

constexpr std::string_view create_counters = R"sql(
    CREATE TABLE counters (
        name   TEXT COLLATE "C" NOT NULL,
        amount BIGINT NOT NULL,
        CONSTRAINT counters_key PRIMARY KEY (name)
    )
)sql";

constexpr std::string_view insert_counter = "INSERT INTO counters (name, amount) VALUES ($1, $2)";
constexpr std::string_view find_amount = "SELECT amount FROM counters WHERE name = $1";
constexpr std::string_view save = "UPDATE counters SET amount = $2 WHERE name = $1";
constexpr std::string_view add_to_counter = "UPDATE counters SET amount = amount + $2 WHERE name = $1";

struct Amount {
    std::int64_t amount;
};
BOOST_DESCRIBE_STRUCT(Amount, (), (amount))

class Concurrency : public StorageTest {
protected:
    static constexpr int threads = 4;
    static constexpr int rounds = 50;

    Concurrency() {
        execute(create_counters);
        write([](db::Transaction& tx) {
            tx.execute(insert_counter, "left", 1000);
            tx.execute(insert_counter, "right", 1000);
        });
    }

    std::int64_t amount_of(std::string_view name) {
        return read([&](db::Transaction& tx) { return tx.row<Amount>(find_amount, name).value().amount; });
    }

    template <class F>
    static void on_threads(F work) {
        std::vector<std::thread> all;
        for (int i = 0; i < threads; ++i) all.emplace_back(work);
        for (auto& one : all) one.join();
    }
};

TEST_P(Concurrency, no_update_is_lost) {
    on_threads([this] {
        for (int i = 0; i < rounds; ++i) {
            write([](db::Transaction& tx) {
                const auto amount = tx.row<Amount>(find_amount, "left").value().amount;
                tx.execute(save, "left", amount + 1);
            });
        }
    });
    EXPECT_EQ(amount_of("left"), 1000 + threads * rounds);
}

TEST_P(Concurrency, no_read_sees_half_of_a_write) {
    std::atomic<bool> moving = true;
    std::thread mover([&] {
        for (int i = 0; i < rounds * threads; ++i) {
            write([](db::Transaction& tx) {
                tx.execute(add_to_counter, "left", -1);
                tx.execute(add_to_counter, "right", 1);
            });
        }
        moving = false;
    });
    int torn = 0;
    do {
        read([&](db::Transaction& tx) {
            const auto left = tx.row<Amount>(find_amount, "left").value().amount;
            const auto right = tx.row<Amount>(find_amount, "right").value().amount;
            if (left + right != 2000) ++torn;
        });
    } while (moving);
    mover.join();
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(amount_of("right"), 1000 + rounds * threads);
}

TEST_P(Concurrency, what_a_closure_has_read_still_holds_when_it_is_kept) {
    // Each takes from one of two accounts as long as both together have something. Two that take from different ones
    // write no common row, and yet must not both see the last coin.
    write([](db::Transaction& tx) {
        tx.execute(save, "left", 20);
        tx.execute(save, "right", 20);
    });
    std::atomic<int> next = 0;
    std::atomic<int> taken = 0;
    on_threads([&] {
        for (int i = 0; i < rounds; ++i) {
            const std::string_view from = next++ % 2 == 0 ? "left" : "right";
            const bool took = write([&](db::Transaction& tx) {
                const auto left = tx.row<Amount>(find_amount, "left").value().amount;
                const auto right = tx.row<Amount>(find_amount, "right").value().amount;
                if (left + right < 1) return false;
                tx.execute(save, from, (from == "left" ? left : right) - 1);
                return true;
            });
            taken += took ? 1 : 0;
        }
    });
    EXPECT_EQ(taken, 40);
    EXPECT_EQ(amount_of("left") + amount_of("right"), 0);
}

TEST_P(Concurrency, of_many_who_make_the_same_row_one_does) {
    constexpr std::string_view make = "INSERT INTO counters (name, amount) VALUES ($1, 1) ON CONFLICT DO NOTHING";
    std::atomic<int> made = 0;
    on_threads([&] {
        for (int i = 0; i < rounds; ++i) {
            const auto name = "row" + std::to_string(i);
            made += write([&](db::Transaction& tx) { return tx.execute(make, name) == 1; }) ? 1 : 0;
        }
    });
    EXPECT_EQ(made, rounds);
}

TEST_P(Concurrency, every_thread_reads_its_own_writes) {
    std::atomic<int> stale = 0;
    std::atomic<int> next = 0;
    on_threads([&] {
        for (int i = 0; i < rounds; ++i) {
            const auto name = "mine" + std::to_string(next++);
            write([&](db::Transaction& tx) { tx.execute(insert_counter, name, i); });
            if (amount_of(name) != i) ++stale;
        }
    });
    EXPECT_EQ(stale, 0);
}

/// Adds one, and is refused after that when `number` is odd.
Task<void> add_or_be_refused(db::Database& database, int number, std::atomic<int>& refused) {
    const auto closure = [number](db::Transaction& tx) {
        tx.execute(add_to_counter, "left", 1);
        if (number % 2 == 1) throw Error{Errc::limit_exceeded};
    };
    try {
        co_await database.write(closure);
    } catch (const Error& error) {
        if (error.code == Errc::limit_exceeded) ++refused;
    }
}

TEST_P(Concurrency, a_refused_write_takes_nothing_of_its_neighbours_with_it) {
    asio::io_context loop;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 200; ++i) {
        asio::co_spawn(loop, add_or_be_refused(database(), i, refused), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
    loop.run();
    EXPECT_EQ(refused, 100);
    EXPECT_EQ(amount_of("left"), 1100);
}

Task<void> write_and_look_where(db::Database& database, std::thread::id& writes_on, std::thread::id& goes_on_on) {
    const auto closure = [&](db::Transaction&) { writes_on = std::this_thread::get_id(); };
    co_await database.write(closure);
    goes_on_on = std::this_thread::get_id();
}

TEST_P(Concurrency, a_caller_goes_on_where_it_came_from) {
    std::thread::id writes_on;
    std::thread::id goes_on_on;
    run(write_and_look_where(database(), writes_on, goes_on_on));
    EXPECT_EQ(goes_on_on, std::this_thread::get_id());
    EXPECT_NE(writes_on, std::this_thread::get_id());
}

INSTANTIATE_TEST_SUITE_P(Engines, Concurrency, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
