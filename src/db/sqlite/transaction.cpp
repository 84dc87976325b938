#include "db/sqlite/transaction.hpp"

#include "db/statement_checks.hpp"

namespace symbolon::db::sqlite {

std::int64_t SqliteTransaction::execute_with(std::string_view sql, std::span<const Parameter> parameters,
                                             const RowShape* shape, const OnRow& on_row) {
    if (failure_) throw_wrong_statement(sql, "the transaction has already failed");
    try {
        Statement& statement = connection_.statement(sql);
        if (access_ == Access::read && !statement.only_reads()) throw_wrong_statement(sql, "a write in a read");
        return statement.run(parameters, shape, on_row);
    } catch (...) {
        failure_ = std::current_exception();
        throw;
    }
}

}  // namespace symbolon::db::sqlite
