#pragma once

#include "db/transaction.hpp"

#include <span>
#include <string_view>

namespace symbolon::db {

/// What every engine refuses alike.

/// Throws Error{internal}: a statement that does not fit the code that runs it.
[[noreturn]] void throw_wrong_statement(std::string_view statement, std::string_view why);

/// Fails: Error{internal} when the row's columns are not called as the members of the shape, in order.
void check_shape(const RowView& row, const RowShape& shape, std::string_view statement);

/// Text is UTF-8 without NUL: PostgreSQL stores no other. Fails: Error{invalid_parameter}.
void check_text(std::string_view text);

}  // namespace symbolon::db
