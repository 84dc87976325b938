#pragma once

#include "db/value.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

struct pg_result;

namespace symbolon::db::postgres {

/// The values of one run of a statement, as libpq takes them. The server infers each one's type from the statement:
/// integers go as digits, which suit BIGINT, INTEGER and BOOLEAN; text and bytes go as they are, uncopied.
class Arguments {
public:
    /// Replaces what was there; views must live until the statement was sent. Fails: Error{invalid_parameter} (text).
    void assign(std::span<const Parameter> parameters);

    int count() const { return static_cast<int>(values_.size()); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    void add(std::monostate);
    void add(std::int64_t number);
    void add(std::string_view text);
    void add(ByteView bytes);
    void add_as_is(const char* begin, std::size_t size);

    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::array<char, 21>> digits_;  // the sign, 19 digits and a NUL; never grows while pointed at
};

/// A row of a result in the binary format. Threads: one at a time.
class ResultRow final : public RowView {
public:
    ResultRow(const pg_result* result, std::string_view sql) : result_(result), sql_(sql) {}

    void move_to(int row) { row_ = row; }

    int columns() const override;
    std::string_view name(int column) const override;
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    ByteView bytes(int column) const override;

private:
    [[noreturn]] void refuse(int column, std::string_view wanted) const;
    std::string_view value(int column) const;

    const pg_result* result_;
    std::string_view sql_;
    int row_ = 0;
};

}  // namespace symbolon::db::postgres
