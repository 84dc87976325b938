#pragma once

#include "db/postgres/connection.hpp"
#include "db/transaction.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string_view>
#include <vector>

namespace symbolon::db::postgres {

/// The statements of one closure. Its owner begins and ends the transaction on the connection.
class PostgresTransaction final : public Transaction {
public:
    explicit PostgresTransaction(Connection& connection) : connection_(connection) {}

    /// What the first failed statement threw; null while all is well. The server takes no more statements after it.
    const std::exception_ptr& failure() const { return failure_; }

private:
    std::int64_t execute_with(std::string_view sql, std::span<const Parameter> parameters, const RowShape* shape,
                              const OnRow& on_row) override;
    std::vector<std::int64_t> execute_each_with(std::string_view sql, std::span<const Parameter> parameters,
                                                std::size_t runs) override;

    /// What `run` returns; keeps what it throws.
    template <class Run>
    auto guarded(std::string_view sql, const Run& run);

    Connection& connection_;
    std::exception_ptr failure_;
};

}  // namespace symbolon::db::postgres
