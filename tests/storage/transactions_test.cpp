// What a closure did is kept as a whole or not at all, and the statements that the rules lean on mean the same
// everywhere.

#include "storage/engines.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace symbolon::storage {
namespace {

constexpr std::string_view create_accounts = R"sql(
    CREATE TABLE accounts (
        name    TEXT COLLATE "C" NOT NULL,
        balance BIGINT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1,
        CONSTRAINT accounts_key PRIMARY KEY (name)
    )
)sql";

constexpr std::string_view insert_account = "INSERT INTO accounts (name, balance) VALUES ($1, $2)";
constexpr std::string_view find_balance = "SELECT balance FROM accounts WHERE name = $1";
constexpr std::string_view add_to_account = "UPDATE accounts SET balance = balance + $2 WHERE name = $1";

struct Balance {
    std::int64_t balance;
};
BOOST_DESCRIBE_STRUCT(Balance, (), (balance))

class Transactions : public StorageTest {
protected:
    Transactions() {
        execute(create_accounts);
        write([](db::Transaction& tx) {
            tx.execute(insert_account, "alice", 10);
            tx.execute(insert_account, "bob", 20);
        });
    }

    std::optional<std::int64_t> balance_of(std::string_view name) {
        const auto row = read([&](db::Transaction& tx) { return tx.row<Balance>(find_balance, name); });
        return row ? std::optional(row->balance) : std::nullopt;
    }
};

TEST_P(Transactions, a_write_is_seen_by_the_reads_after_it_on_every_thread) {
    write([](db::Transaction& tx) { tx.execute(add_to_account, "alice", 5); });
    EXPECT_EQ(balance_of("alice"), 15);
    std::thread([&] { EXPECT_EQ(balance_of("alice"), 15); }).join();
}

using Deposit = std::pair<std::string, int>;

std::vector<std::int64_t> add_each(db::Transaction& tx, const std::vector<Deposit>& entries) {
    return tx.execute_each(add_to_account, entries,
                           [](const Deposit& deposit) { return std::tuple(deposit.first, deposit.second); });
}

TEST_P(Transactions, a_statement_for_many_items_runs_once_for_each_in_their_order) {
    const auto changed = write(
        [](db::Transaction& tx) { return add_each(tx, {{"alice", 1}, {"nobody", 5}, {"bob", 7}, {"alice", 2}}); });
    EXPECT_EQ(changed, (std::vector<std::int64_t>{1, 0, 1, 1}));
    EXPECT_EQ(balance_of("alice"), 13);
    EXPECT_EQ(balance_of("bob"), 27);
}

TEST_P(Transactions, a_statement_for_many_items_has_no_limit_of_a_few) {
    std::vector<Deposit> entries;
    for (int i = 0; i < 3000; ++i) entries.emplace_back("user" + std::to_string(i), i);
    const auto insert_all = [&](db::Transaction& tx) {
        return tx.execute_each(insert_account, entries,
                               [](const Deposit& deposit) { return std::tuple(deposit.first, deposit.second); });
    };
    EXPECT_EQ(write(insert_all), std::vector<std::int64_t>(3000, 1));
    EXPECT_EQ(balance_of("user2999"), 2999);
}

TEST_P(Transactions, no_items_are_no_statement) {
    EXPECT_TRUE(write([](db::Transaction& tx) { return add_each(tx, {}); }).empty());
}

TEST_P(Transactions, an_item_that_fails_takes_all_of_its_closure_back) {
    const auto insert_twice = [](db::Transaction& tx) {
        tx.execute(add_to_account, "bob", 1);
        const std::vector<Deposit> entries{{"carol", 1}, {"alice", 1}, {"dave", 1}};
        tx.execute_each(insert_account, entries,
                        [](const Deposit& deposit) { return std::tuple(deposit.first, deposit.second); });
    };
    EXPECT_THROW(write(insert_twice), Error);
    EXPECT_EQ(balance_of("bob"), 20);
    EXPECT_EQ(balance_of("carol"), std::nullopt);
    EXPECT_EQ(balance_of("dave"), std::nullopt);
}

TEST_P(Transactions, an_exception_takes_everything_of_its_closure_back) {
    const auto refuse = [](db::Transaction& tx) {
        tx.execute(add_to_account, "alice", 5);
        tx.execute(insert_account, "carol", 1);
        throw Error{Errc::username_exists};
    };
    EXPECT_EQ(refusal_of([&] { write(refuse); }), Errc::username_exists);
    EXPECT_EQ(balance_of("alice"), 10);
    EXPECT_EQ(balance_of("carol"), std::nullopt);
}

TEST_P(Transactions, a_refusal_that_is_returned_keeps_what_was_counted) {
    const auto counted = write([](db::Transaction& tx) {
        tx.execute(add_to_account, "alice", 1);
        return std::string("refused");
    });
    EXPECT_EQ(counted, "refused");
    EXPECT_EQ(balance_of("alice"), 11);
}

TEST_P(Transactions, a_failed_statement_ends_the_transaction_even_if_the_closure_goes_on) {
    const auto go_on = [](db::Transaction& tx) {
        tx.execute(add_to_account, "alice", 5);
        try {
            tx.execute(insert_account, "bob", 1);  // exists
        } catch (const Error&) {
        }
    };
    EXPECT_EQ(refusal_of([&] { write(go_on); }), Errc::internal);
    EXPECT_EQ(balance_of("alice"), 10);

    const auto use_again = [](db::Transaction& tx) {
        try {
            tx.execute(insert_account, "bob", 1);
        } catch (const Error&) {
        }
        tx.execute(add_to_account, "alice", 5);
    };
    EXPECT_EQ(refusal_of([&] { write(use_again); }), Errc::internal);
    EXPECT_EQ(balance_of("alice"), 10);
}

TEST_P(Transactions, a_read_is_one_snapshot) {
    read([this](db::Transaction& tx) {
        const auto before = tx.row<Balance>(find_balance, "alice").value().balance;
        // On another thread, since a thread does one thing with the database at a time.
        std::thread([this] {
            write([](db::Transaction& other) { other.execute(add_to_account, "alice", 5); });
        }).join();
        EXPECT_EQ(tx.row<Balance>(find_balance, "alice").value().balance, before);
    });
    EXPECT_EQ(balance_of("alice"), 15);
}

TEST_P(Transactions, a_read_cannot_write) {
    EXPECT_EQ(refusal_of([&] { read([](db::Transaction& tx) { tx.execute(add_to_account, "alice", 5); }); }),
              Errc::internal);
    EXPECT_EQ(balance_of("alice"), 10);
}

TEST_P(Transactions, an_exception_out_of_a_read_does_not_disturb_the_next_one) {
    EXPECT_EQ(refusal_of([&] { read([](db::Transaction&) { throw Error{Errc::user_not_found}; }); }),
              Errc::user_not_found);
    EXPECT_EQ(balance_of("alice"), 10);
}

TEST_P(Transactions, execute_says_how_many_rows_it_changed) {
    constexpr std::string_view raise_all = "UPDATE accounts SET balance = balance + 1";
    constexpr std::string_view create_index = "CREATE INDEX accounts_balance_idx ON accounts (balance)";
    write([&](db::Transaction& tx) {
        EXPECT_EQ(tx.execute(raise_all), 2);
        EXPECT_EQ(tx.execute(add_to_account, "nobody", 1), 0);
        EXPECT_EQ(tx.execute(create_index), 0);
    });
}

TEST_P(Transactions, a_row_that_exists_is_seen_without_an_error) {
    constexpr std::string_view create = R"sql(
        INSERT INTO accounts (name, balance) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING balance
    )sql";
    write([&](db::Transaction& tx) {
        EXPECT_TRUE(tx.row<Balance>(create, "carol", 1));
        EXPECT_FALSE(tx.row<Balance>(create, "carol", 2));
    });
    EXPECT_EQ(balance_of("carol"), 1);
}

TEST_P(Transactions, a_row_is_consumed_once) {
    constexpr std::string_view consume = "DELETE FROM accounts WHERE name = $1 RETURNING balance";
    write([&](db::Transaction& tx) {
        EXPECT_EQ(tx.row<Balance>(consume, "alice").value().balance, 10);
        EXPECT_FALSE(tx.row<Balance>(consume, "alice"));
    });
}

TEST_P(Transactions, an_update_of_an_old_version_changes_nothing) {
    constexpr std::string_view save = R"sql(
        UPDATE accounts SET balance = $3, version = version + 1 WHERE name = $1 AND version = $2
    )sql";
    write([&](db::Transaction& tx) {
        EXPECT_EQ(tx.execute(save, "alice", 1, 100), 1);
        EXPECT_EQ(tx.execute(save, "alice", 1, 200), 0);
    });
    EXPECT_EQ(balance_of("alice"), 100);
}

TEST_P(Transactions, a_conditional_upsert_changes_only_where_the_condition_holds) {
    constexpr std::string_view raise = R"sql(
        INSERT INTO accounts (name, balance) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET balance = excluded.balance WHERE accounts.balance < excluded.balance
    )sql";
    write([&](db::Transaction& tx) {
        EXPECT_EQ(tx.execute(raise, "alice", 5), 0);
        EXPECT_EQ(tx.execute(raise, "bob", 50), 1);
    });
    EXPECT_EQ(balance_of("alice"), 10);
    EXPECT_EQ(balance_of("bob"), 50);
}

TEST_P(Transactions, parameters_are_bound_by_number_not_by_order_of_appearance) {
    constexpr std::string_view backwards = "UPDATE accounts SET balance = $3 WHERE $1 < balance AND name = $2";
    write([&](db::Transaction& tx) { EXPECT_EQ(tx.execute(backwards, 15, "bob", 99), 1); });
    EXPECT_EQ(balance_of("bob"), 99);
}

TEST_P(Transactions, a_parameter_may_be_used_twice) {
    constexpr std::string_view twice = "UPDATE accounts SET balance = $1 WHERE name = $2 AND balance <> $1";
    write([&](db::Transaction& tx) {
        EXPECT_EQ(tx.execute(twice, 30, "alice"), 1);
        EXPECT_EQ(tx.execute(twice, 30, "alice"), 0);
    });
}

TEST_P(Transactions, the_database_says_that_it_is_healthy) {
    EXPECT_TRUE(run(database().healthy()));
}

TEST_P(Transactions, reads_and_writes_are_counted) {
    const auto before = database().counters();
    balance_of("alice");
    write([](db::Transaction& tx) { tx.execute(add_to_account, "alice", 1); });
    refusal_of([&] { write([](db::Transaction&) { throw Error{Errc::access_denied}; }); });
    const auto after = database().counters();
    EXPECT_EQ(after.reads - before.reads, 1u);
    EXPECT_EQ(after.writes - before.writes, 1u);
    EXPECT_GE(after.commits - before.commits, 1u);  // an engine may commit several writes at once, or none of them
}

INSTANTIATE_TEST_SUITE_P(Engines, Transactions, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
