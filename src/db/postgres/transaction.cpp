#include "db/postgres/transaction.hpp"

#include "db/statement_checks.hpp"

namespace symbolon::db::postgres {

template <class Run>
auto PostgresTransaction::guarded(std::string_view sql, const Run& run) {
    if (failure_) throw_wrong_statement(sql, "the transaction has already failed");
    try {
        return run();
    } catch (...) {
        failure_ = std::current_exception();
        throw;
    }
}

std::int64_t PostgresTransaction::execute_with(std::string_view sql, std::span<const Parameter> parameters,
                                               const RowShape* shape, const OnRow& on_row) {
    return guarded(sql, [&] { return connection_.run(sql, parameters, shape, on_row); });
}

std::vector<std::int64_t> PostgresTransaction::execute_each_with(std::string_view sql,
                                                                 std::span<const Parameter> parameters,
                                                                 std::size_t runs) {
    return guarded(sql, [&] {
        std::vector<std::span<const Parameter>> shares;
        shares.reserve(runs);
        for (std::size_t i = 0; i < runs; ++i) shares.push_back(share_of(parameters, runs, i));
        return connection_.run_each(sql, shares);
    });
}

}  // namespace symbolon::db::postgres
