#include "db/postgres/connection.hpp"

#include "db/statement_checks.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <memory>
#include <utility>

namespace symbolon::db::postgres {
namespace {

constexpr const char* commit_text = "COMMIT";
constexpr const char* forget_statements = "DEALLOCATE ALL";

constexpr std::string_view not_supported = "0A000";
constexpr std::string_view read_only_transaction = "25006";

const char* begin_text(Connection::Access access) {
    switch (access) {
        case Connection::Access::read:
            return "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        case Connection::Access::write:
            return "BEGIN ISOLATION LEVEL SERIALIZABLE, READ WRITE";
        case Connection::Access::change_schema:
            return "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE";
    }
    return "BEGIN";
}

bool succeeded(const pg_result* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/// From the command's tag: "INSERT 0 1", "UPDATE 3". A SELECT has a number of rows as well, which it does not change.
std::int64_t changed_rows(pg_result* result) {
    if (std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
    const std::string_view digits = PQcmdTuples(result);
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

}  // namespace

void Connection::begin(Access access) {
    access_ = access;
    state_ = State::begun;
}

std::int64_t Connection::run(std::string_view sql, std::span<const Parameter> parameters, const RowShape* shape,
                             const OnRow& on_row) {
    arguments_.assign(parameters);
    const Lead lead = add_lead(sql);
    channel_.add_run(lead.statement.name(), arguments_);
    const auto results = channel_.finish();
    return take_rows(take_lead(lead, results).front().get(), lead.statement, shape, on_row);
}

std::vector<std::int64_t> Connection::run_each(std::string_view sql,
                                               std::span<const std::span<const Parameter>> values) {
    if (values.empty()) return {};
    std::vector<Arguments> arguments(values.size());  // all of them before the first is sent: one may be refused
    for (std::size_t i = 0; i < values.size(); ++i) arguments[i].assign(values[i]);
    const Lead lead = add_lead(sql);
    for (const Arguments& of_run : arguments) channel_.add_run(lead.statement.name(), of_run);
    const auto results = channel_.finish();
    std::vector<std::int64_t> changed;
    changed.reserve(values.size());
    for (const Result& result : take_lead(lead, results))
        changed.push_back(take_rows(result.get(), lead.statement, nullptr, {}));
    return changed;
}

Connection::Lead Connection::add_lead(std::string_view sql) {
    Statement* statement = statements_.find(sql);
    const bool forgets = statement == nullptr && statements_.is_full();
    if (forgets) statements_.clear();
    if (statement == nullptr) {
        statement = &statements_.add(sql, std::make_unique<Statement>(fmt::format("s{}", ++last_number_), sql));
    }
    const Lead lead{*statement, state_ == State::begun, forgets, !statement->is_prepared()};
    if (lead.begins) channel_.add(begin_text(access_));
    if (lead.forgets) channel_.add(forget_statements);
    if (lead.prepares) channel_.add_preparation(statement->name(), statement->sql());
    return lead;
}

std::span<const Result> Connection::take_lead(const Lead& lead, std::span<const Result> results) {
    auto result = results.begin();
    if (lead.begins) {
        check_begin(result++->get());
        state_ = State::open;
    }
    if (lead.forgets && !succeeded(result++->get()))
        throw Failure{Trouble::lost, "PostgreSQL: statements are not forgotten"};
    if (lead.prepares) {
        if (!succeeded(result->get())) throw failure(result->get(), lead.statement.sql());
        lead.statement.set_prepared();
        ++result;
    }
    return {result, results.end()};
}

/// A standby has no serializable and no writing transactions.
void Connection::check_begin(const pg_result* result) const {
    if (succeeded(result)) return;
    Failure failed = failure(result, "BEGIN");
    if (failed.state == not_supported) throw Failure{Trouble::lost, std::move(failed.detail), std::move(failed.state)};
    throw failed;
}

Failure Connection::failure(const pg_result* result, std::string_view doing) const {
    Failure failed = failure_of(result, doing);
    // In a read it is the closure's mistake; in a write, the server has become a standby.
    if (failed.state == read_only_transaction && access_ == Access::read)
        return {Trouble::statement, std::move(failed.detail), std::move(failed.state)};
    return failed;
}

std::int64_t Connection::take_rows(pg_result* result, Statement& statement, const RowShape* shape,
                                   const OnRow& on_row) {
    switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
            break;
        case PGRES_EMPTY_QUERY:
            throw_wrong_statement(statement.sql(), "no statement");
        default:
            throw failure(result, statement.sql());
    }
    ResultRow row(result, statement.sql());
    if (shape != nullptr && !statement.was_checked(*shape)) {
        check_shape(row, *shape, statement.sql());
        statement.set_checked(*shape);
    }
    if (on_row) {
        for (int i = 0; i < PQntuples(result); ++i) {
            row.move_to(i);
            on_row(row);
        }
    }
    return changed_rows(result);
}

void Connection::commit() {
    const State before = std::exchange(state_, State::idle);
    if (before != State::open) return;
    // The last moment at which a lost connection is known to have kept nothing.
    if (!channel_.is_open()) throw Failure{Trouble::lost, "PostgreSQL: the connection was lost before the commit"};
    channel_.take_warning();
    std::vector<Result> results;
    try {
        channel_.add(commit_text);
        results = channel_.finish();
    } catch (const Failure& failed) {
        throw Failure{Trouble::unknown, failed.detail, failed.state};
    }
    pg_result* const result = results.front().get();
    if (!succeeded(result)) {
        Failure failed = failure(result, commit_text);
        if (failed.trouble == Trouble::lost) failed.trouble = Trouble::unknown;
        throw failed;
    }
    if (std::string_view(PQcmdStatus(result)) != commit_text)
        throw Failure{Trouble::statement, "PostgreSQL: the transaction had failed before its commit"};
    // A commit that gives up waiting for the standby succeeds with a warning: it would not survive a failover.
    if (channel_.take_warning()) throw Failure{Trouble::unknown, "PostgreSQL: the commit was not replicated in time"};
}

void Connection::end_with(const char* command) noexcept {
    if (std::exchange(state_, State::idle) != State::open) return;
    try {
        channel_.add(command);
        channel_.finish_later();
    } catch (const Failure&) {
        // Whoever uses the connection next learns that it is lost; the server has rolled back by itself.
    }
}

}  // namespace symbolon::db::postgres
