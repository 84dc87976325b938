#include "db/postgres/schema.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/applied.hpp"
#include "db/postgres/transaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace symbolon::db::postgres {
namespace {

constexpr std::string_view create_lock = "CREATE TABLE IF NOT EXISTS schema_lock (name TEXT NOT NULL PRIMARY KEY)";
constexpr std::string_view insert_lock = "INSERT INTO schema_lock (name) VALUES ('migrations') ON CONFLICT DO NOTHING";
constexpr std::string_view take_lock = "SELECT name FROM schema_lock WHERE name = 'migrations' FOR UPDATE";

// Another process may be migrating for long. But a table that is in use is waited for shortly only, since whoever wants
// it next waits behind us.
constexpr std::string_view statements_may_be_long = "SET LOCAL statement_timeout = 0";
constexpr std::string_view wait_long_for_locks = "SET LOCAL lock_timeout = '30min'";
constexpr std::string_view wait_shortly_for_locks = "SET LOCAL lock_timeout = '10s'";
constexpr std::chrono::hours longest_migration{1};

constexpr std::string_view undefined_table = "42P01";
// What CREATE TABLE IF NOT EXISTS may fail with all the same while another process creates the table: it depends on how
// far that one is.
constexpr std::array<std::string_view, 3> met_another_creator{"23505", "42P07", "42710"};
constexpr int most_tries = 20;

/// Runs a call over a transaction, which is rolled back when the call throws.
template <class F>
auto in_transaction(Connection& connection, Connection::Access access, F call) {
    connection.begin(access);
    PostgresTransaction tx(connection);
    try {
        auto result = call(tx);
        connection.commit();
        return result;
    } catch (...) {
        connection.roll_back();
        throw;
    }
}

bool is_current(Connection& connection, std::span<const Migration> known) {
    try {
        return in_transaction(connection, Connection::Access::read, [&](Transaction& tx) {
            return find_pending_migrations(known, read_applied(tx)).empty();
        });
    } catch (const Failure& failure) {
        if (failure.state == undefined_table) return false;
        throw;
    }
}

/// Repeats a call for as long as it fails because another process does the same.
template <class F>
auto despite_others(F call) {
    for (int tries = 1;; ++tries) {
        try {
            return call();
        } catch (const Failure& failure) {
            const bool met_another = failure.trouble == Trouble::conflict ||
                                     std::ranges::find(met_another_creator, failure.state) != met_another_creator.end();
            if (!met_another || tries == most_tries) throw;
        }
    }
}

bool create_tables(Connection& connection) {
    return in_transaction(connection, Connection::Access::change_schema, [](Transaction& tx) {
        for (const auto statement : {create_applied_table, create_lock, insert_lock}) tx.execute(statement);
        return true;
    });
}

void apply(Connection& connection, Transaction& tx, const Migration& migration, Instant now) {
    connection.run_script(std::string(migration.text));
    if (!connection.in_transaction()) {
        throw Error{Errc::internal, {}, fmt::format("migration {} ends its own transaction", migration.number)};
    }
    record_applied(tx, migration, now);
}

/// Does the first pending migration. Returns false when there is none. The list is read under the lock, since another
/// process may have done it in the meantime.
bool apply_next(Connection& connection, std::span<const Migration> known, Instant now) {
    const Migration* applied =
        in_transaction(connection, Connection::Access::change_schema, [&](Transaction& tx) -> const Migration* {
            for (const auto statement :
                 {statements_may_be_long, wait_long_for_locks, take_lock, wait_shortly_for_locks})
                tx.execute(statement);
            const auto pending = find_pending_migrations(known, read_applied(tx));
            if (pending.empty()) return nullptr;
            apply(connection, tx, pending.front(), now);
            return &pending.front();
        });
    if (applied == nullptr) return false;
    log::info("database_migrated", {{"number", applied->number}, {"name", applied->name}});
    return true;
}

}  // namespace

void migrate(Connection& connection, std::span<const Migration> known, Instant now) {
    if (is_current(connection, known)) return;
    connection.set_patience(longest_migration);
    despite_others([&] { return create_tables(connection); });
    while (despite_others([&] { return apply_next(connection, known, now); })) {
    }
}

}  // namespace symbolon::db::postgres
