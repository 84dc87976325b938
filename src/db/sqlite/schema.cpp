#include "db/sqlite/schema.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/applied.hpp"
#include "db/sqlite/transaction.hpp"

#include <fmt/format.h>
#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

namespace symbolon::db::sqlite {
namespace {

struct DanglingRow {
    std::string parent;
};
BOOST_DESCRIBE_STRUCT(DanglingRow, (), (parent))

constexpr std::string_view find_dangling = R"sql(SELECT "parent" FROM pragma_foreign_key_check LIMIT 1)sql";

/// The text without the marks around what is for this engine alone, which others read as a comment.
std::string for_sqlite(std::string_view text) {
    constexpr std::string_view begin = "/*sqlite ";
    constexpr std::string_view end = "*/";
    std::string out;
    for (auto at = text.find(begin); at != text.npos; at = text.find(begin)) {
        const auto stop = text.find(end, at);
        if (stop == text.npos) break;
        out += text.substr(0, at);
        out += text.substr(at + begin.size(), stop - at - begin.size());
        text.remove_prefix(stop + end.size());
    }
    return out += text;
}

void apply(Connection& connection, Transaction& tx, const Migration& migration, Instant now) {
    connection.run_script(for_sqlite(migration.text));
    if (!connection.in_transaction()) {
        throw Error{Errc::internal, {}, fmt::format("migration {} ends its own transaction", migration.number)};
    }
    if (const auto dangling = tx.row<DanglingRow>(find_dangling)) {
        throw Error{
            Errc::internal,
            {},
            fmt::format("migration {} leaves references to missing rows of {}", migration.number, dangling->parent)};
    }
    record_applied(tx, migration, now);
}

/// Does the first pending migration. Returns false when there is none. The list is read under the lock, since another
/// process may have done it in the meantime.
bool apply_next(Connection& connection, std::span<const Migration> known, Instant now) {
    connection.run("BEGIN IMMEDIATE");
    try {
        SqliteTransaction tx(connection, SqliteTransaction::Access::write);
        tx.execute(create_applied_table);
        const auto pending = find_pending_migrations(known, read_applied(tx));
        if (!pending.empty()) apply(connection, tx, pending.front(), now);
        connection.run("COMMIT");
        if (pending.empty()) return false;
        log::info("database_migrated", {{"number", pending.front().number}, {"name", pending.front().name}});
        return true;
    } catch (...) {
        connection.roll_back();
        throw;
    }
}

}  // namespace

void migrate(Connection& connection, std::span<const Migration> known, Instant now) {
    // A migration may rebuild a table that others refer to, which takes the checks off (a pragma that does nothing
    // inside a transaction); they are made up for before each commit.
    connection.run_script("PRAGMA foreign_keys = OFF");
    while (apply_next(connection, known, now)) {
    }
    connection.run_script("PRAGMA foreign_keys = ON");
}

}  // namespace symbolon::db::sqlite
