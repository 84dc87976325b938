#include "db/sqlite/statement.hpp"

#include "db/sqlite/failure.hpp"
#include "db/statement_checks.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

namespace symbolon::db::sqlite {
namespace {

/// The row on which a statement stands.
class CurrentRow final : public RowView {
public:
    CurrentRow(sqlite3_stmt* handle, std::string_view sql) : handle_(handle), sql_(sql) {}

    int columns() const override { return sqlite3_column_count(handle_); }
    std::string_view name(int column) const override { return sqlite3_column_name(handle_, column); }
    bool is_null(int column) const override { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        expect(column, SQLITE_INTEGER);
        return sqlite3_column_int64(handle_, column);
    }
    std::string_view text(int column) const override {
        expect(column, SQLITE_TEXT);
        const auto* begin = sqlite3_column_text(handle_, column);
        return {reinterpret_cast<const char*>(begin), size(column)};
    }
    ByteView bytes(int column) const override {
        expect(column, SQLITE_BLOB);
        const auto* begin = sqlite3_column_blob(handle_, column);
        return {static_cast<const std::uint8_t*>(begin), size(column)};
    }

private:
    std::size_t size(int column) const { return static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)); }

    // SQLite would convert ("12" to 12, NULL to 0); PostgreSQL would not, and a column of the wrong type is a mistake.
    void expect(int column, int type) const {
        const int found = sqlite3_column_type(handle_, column);
        if (found != type) [[unlikely]] {
            throw_wrong_statement(sql_, fmt::format("column {} is {}, not {}", name(column), word(found), word(type)));
        }
    }

    static std::string_view word(int type) {
        switch (type) {
            case SQLITE_INTEGER:
                return "an integer";
            case SQLITE_FLOAT:
                return "a floating-point number";
            case SQLITE_TEXT:
                return "text";
            case SQLITE_BLOB:
                return "bytes";
            default:
                return "NULL";
        }
    }

    sqlite3_stmt* handle_;
    std::string_view sql_;
};

/// Binds one value. Text and bytes are not copied: they live until the run has ended.
struct Bind {
    sqlite3_stmt* handle;
    int position;

    int operator()(std::monostate) const { return sqlite3_bind_null(handle, position); }
    int operator()(std::int64_t v) const { return sqlite3_bind_int64(handle, position, v); }
    // A null pointer would bind NULL, so empty text and bytes get an address of their own.
    int operator()(std::string_view v) const {
        const char* begin = v.data() == nullptr ? "" : v.data();
        return sqlite3_bind_text64(handle, position, begin, v.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(ByteView v) const {
        if (v.empty()) return sqlite3_bind_zeroblob(handle, position, 0);
        return sqlite3_bind_blob64(handle, position, v.data(), v.size(), SQLITE_STATIC);
    }
};

struct ResetAtEnd {
    sqlite3_stmt* handle;
    ~ResetAtEnd() { sqlite3_reset(handle); }
};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n;") == std::string_view::npos;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* handle) const {
    sqlite3_finalize(handle);
}

Statement::Statement(sqlite3* connection, std::string_view sql) : connection_(connection), sql_(sql) {
    sqlite3_stmt* handle = nullptr;
    const char* rest = nullptr;
    const int size = static_cast<int>(sql_.size()) + 1;
    const int code = sqlite3_prepare_v3(connection_, sql_.c_str(), size, SQLITE_PREPARE_PERSISTENT, &handle, &rest);
    handle_.reset(handle);
    if (code != SQLITE_OK) throw_failure(connection_, sql_);
    if (!handle_) throw_wrong_statement(sql_, "no statement");
    if (!is_blank(rest)) throw_wrong_statement(sql_, "more than one statement");

    const int count = sqlite3_bind_parameter_count(handle);
    for (int n = 1; n <= count; ++n) {
        const int position = sqlite3_bind_parameter_index(handle, fmt::format("${}", n).c_str());
        if (position == 0) throw_wrong_statement(sql_, fmt::format("parameters are not $1 to ${}", count));
        positions_.push_back(position);
    }
}

bool Statement::only_reads() const {
    return sqlite3_stmt_readonly(handle_.get()) != 0;
}

std::int64_t Statement::run(std::span<const Parameter> parameters, const RowShape* shape, const OnRow& on_row) {
    bind(parameters);
    const auto changed_before = sqlite3_total_changes64(connection_);
    const ResetAtEnd reset{handle_.get()};
    const CurrentRow row(handle_.get(), sql_);
    if (shape != nullptr && shape != checked_shape_) {
        check_shape(row, *shape, sql_);
        checked_shape_ = shape;
    }
    int code = sqlite3_step(handle_.get());
    for (; code == SQLITE_ROW; code = sqlite3_step(handle_.get())) {
        if (on_row) on_row(row);
    }
    if (code != SQLITE_DONE) throw_failure(connection_, sql_);
    // changes() keeps the number of an earlier statement when this one changes no rows at all.
    return sqlite3_total_changes64(connection_) == changed_before ? 0 : sqlite3_changes64(connection_);
}

void Statement::bind(std::span<const Parameter> parameters) {
    if (parameters.size() != positions_.size()) {
        throw_wrong_statement(sql_, fmt::format("{} values for {} parameters", parameters.size(), positions_.size()));
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (const auto* text = std::get_if<std::string_view>(&parameters[i])) check_text(*text);
        if (std::visit(Bind{handle_.get(), positions_[i]}, parameters[i]) != SQLITE_OK)
            throw_failure(connection_, sql_);
    }
}

}  // namespace symbolon::db::sqlite
