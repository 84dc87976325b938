#pragma once

#include "db/postgres/channel.hpp"
#include "db/postgres/statement.hpp"
#include "db/statement_cache.hpp"
#include "db/transaction.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::db::postgres {

/// One connection with its prepared statements and its transaction. A transaction costs one way to the server and back
/// for each statement, and a write one more for its commit: BEGIN goes with the first statement, and nobody waits for
/// the end of a read or for a rollback.
///
///     idle ──begin──> begun ──first run──> open ──commit, end_read, roll_back──> idle
///
/// Threads: one at a time.
class Connection {
public:
    enum class Access { read, write, change_schema };

    /// Fails: Failure{world}.
    explicit Connection(const Address& address) : channel_(address) {}

    /// The next statements are one transaction: of serializable isolation when it writes, on one snapshot when it
    /// reads. When it changes the schema, each of its statements sees what others have committed before it.
    void begin(Access access);
    /// Runs one statement. Returns how many rows it changed. Fails: Failure, Error{invalid_parameter} (text that cannot
    /// be stored), Error{internal} (rows that do not fit).
    std::int64_t run(std::string_view sql, std::span<const Parameter> parameters, const RowShape* shape,
                     const OnRow& on_row);
    /// Runs one statement that returns no rows once for each list of values, in one exchange. Returns how many rows
    /// each run changed. Fails: as run().
    std::vector<std::int64_t> run_each(std::string_view sql, std::span<const std::span<const Parameter>> values);
    /// Fails: Failure; with Trouble::unknown the transaction may stand or not, with every other it does not.
    void commit();
    /// Ends a transaction of reads. One that is lost only now has done its work.
    void end_read() noexcept { end_with("COMMIT"); }
    /// Ends a transaction, if one is open, without its effects.
    void roll_back() noexcept { end_with("ROLLBACK"); }

    /// Runs several statements at once; within the transaction, if one is open.
    void run_script(const std::string& statements) { channel_.run_script(statements); }
    void set_patience(std::chrono::milliseconds patience) { channel_.set_patience(patience); }
    /// What the server thinks: false after a script that ended the transaction.
    bool in_transaction() const { return channel_.in_transaction(); }

private:
    enum class State { idle, begun, open };

    /// A statement, and what has to go ahead of it in the same exchange.
    struct Lead {
        Statement& statement;
        bool begins;
        bool forgets;
        bool prepares;
    };

    Lead add_lead(std::string_view sql);
    /// Takes the results of what went ahead; the rest are those of the statement.
    std::span<const Result> take_lead(const Lead& lead, std::span<const Result> results);
    void end_with(const char* command) noexcept;
    void check_begin(const pg_result* result) const;
    Failure failure(const pg_result* result, std::string_view doing) const;
    std::int64_t take_rows(pg_result* result, Statement& statement, const RowShape* shape, const OnRow& on_row);

    Channel channel_;
    StatementCache<Statement> statements_;
    Arguments arguments_;
    std::uint64_t last_number_ = 0;
    State state_ = State::idle;
    Access access_ = Access::read;
};

}  // namespace symbolon::db::postgres
