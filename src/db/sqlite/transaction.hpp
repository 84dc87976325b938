#pragma once

#include "db/sqlite/connection.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <exception>
#include <span>
#include <string_view>

namespace symbolon::db::sqlite {

/// The statements of one closure. Its owner begins and ends the transaction (or savepoint) on the connection.
class SqliteTransaction final : public Transaction {
public:
    enum class Access { read, write };

    SqliteTransaction(Connection& connection, Access access) : connection_(connection), access_(access) {}

    /// What the first failed statement threw; null while all is well. SQLite would go on after a failure and commit the
    /// rest, PostgreSQL would not: whoever commits looks here first.
    const std::exception_ptr& failure() const { return failure_; }

private:
    std::int64_t execute_with(std::string_view sql, std::span<const Parameter> parameters, const RowShape* shape,
                              const OnRow& on_row) override;

    Connection& connection_;
    Access access_;
    std::exception_ptr failure_;
};

}  // namespace symbolon::db::sqlite
