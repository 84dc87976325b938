#pragma once

#include "db/transaction.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace symbolon::db::postgres {

/// A statement of a connection, which the server prepares when it runs for the first time.
class Statement {
public:
    Statement(std::string name, std::string_view sql) : name_(std::move(name)), sql_(sql) {}

    const std::string& name() const { return name_; }
    const std::string& sql() const { return sql_; }

    bool is_prepared() const { return prepared_; }
    void set_prepared() { prepared_ = true; }

    bool was_checked(const RowShape& shape) const { return checked_shape_ == &shape; }
    void set_checked(const RowShape& shape) { checked_shape_ = &shape; }

private:
    std::string name_;
    std::string sql_;
    bool prepared_ = false;
    const RowShape* checked_shape_ = nullptr;
};

}  // namespace symbolon::db::postgres
