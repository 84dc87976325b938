#include "db/postgres/transaction.hpp"

#include "db/statement_checks.hpp"

namespace symbolon::db::postgres {

std::int64_t PostgresTransaction::execute_with(std::string_view sql, std::span<const Parameter> parameters,
                                               const RowShape* shape, const OnRow& on_row) {
    if (failure_) throw_wrong_statement(sql, "the transaction has already failed");
    try {
        return connection_.run(sql, parameters, shape, on_row);
    } catch (...) {
        failure_ = std::current_exception();
        throw;
    }
}

}  // namespace symbolon::db::postgres
