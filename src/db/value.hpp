#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::db {

/// What can be bound to a statement or read from a column: NULL, BIGINT/BOOLEAN, TEXT, BYTEA. Text and bytes are views
/// when bound (they must live until the call returns).
using Parameter = std::variant<std::monostate, std::int64_t, std::string_view, ByteView>;

inline Parameter to_parameter(std::int64_t v) {
    return v;
}
inline Parameter to_parameter(int v) {
    return static_cast<std::int64_t>(v);
}
inline Parameter to_parameter(bool v) {
    return static_cast<std::int64_t>(v);
}
inline Parameter to_parameter(std::string_view v) {
    return v;
}
inline Parameter to_parameter(const std::string& v) {
    return std::string_view(v);
}
inline Parameter to_parameter(const char* v) {
    return std::string_view(v);
}
inline Parameter to_parameter(const Bytes& v) {
    return ByteView(v);
}
inline Parameter to_parameter(ByteView v) {
    return v;
}
inline Parameter to_parameter(Instant v) {
    return to_ms(v);
}
inline Parameter to_parameter(std::nullopt_t) {
    return std::monostate{};
}
template <class Tag>
Parameter to_parameter(const Id<Tag>& id) {
    return std::string_view(id.str());
}
template <class T>
Parameter to_parameter(const std::optional<T>& v) {
    return v ? to_parameter(*v) : Parameter{};
}

/// The current row of a running statement, as an engine shows it. Columns count from 0. A value is read as the type
/// that it is stored with: engines do not convert. Fails: Error{internal} (NULL, or of another type).
class RowView {
public:
    virtual ~RowView() = default;
    virtual int columns() const = 0;
    virtual std::string_view name(int column) const = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual ByteView bytes(int column) const = 0;
};

inline void from_column(const RowView& row, int column, std::int64_t& out) {
    out = row.integer(column);
}
inline void from_column(const RowView& row, int column, int& out) {
    out = static_cast<int>(row.integer(column));
}
inline void from_column(const RowView& row, int column, bool& out) {
    out = row.integer(column) != 0;
}
inline void from_column(const RowView& row, int column, std::string& out) {
    out = row.text(column);
}
inline void from_column(const RowView& row, int column, Bytes& out) {
    const auto view = row.bytes(column);
    out.assign(view.begin(), view.end());
}
inline void from_column(const RowView& row, int column, Instant& out) {
    out = from_ms(row.integer(column));
}
template <class Tag>
void from_column(const RowView& row, int column, Id<Tag>& out) {
    out = Id<Tag>(std::string(row.text(column)));
}
template <class T>
void from_column(const RowView& row, int column, std::optional<T>& out) {
    if (row.is_null(column)) {
        out.reset();
    } else {
        from_column(row, column, out.emplace());
    }
}

}  // namespace symbolon::db
