#pragma once

#include "db/value.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace symbolon::db {

/// One transaction, handed to the closures of Database::read and Database::write. Statements are named constants in
/// `$1 … $n` style, the same text on every engine; a constant's address is its identity in the statement cache. A row is
/// a described struct; its members are filled from the columns in order, and their names are checked against the
/// columns' the first time a statement runs.
/// Fails, all calls: Error{unavailable} (busy, disk full, connection lost), Error{internal} (a wrong statement).
class Transaction {
public:
    virtual ~Transaction() = default;

    /// Every row, in the statement's order. Statements that can return many rows carry a LIMIT.
    template <class Row, class... Args>
    std::vector<Row> rows(std::string_view sql, const Args&... args) {
        std::vector<Row> out;
        run<Row>(sql, [&](Row&& row) { out.push_back(std::move(row)); }, args...);
        return out;
    }

    /// The only row; nothing when there is none.
    template <class Row, class... Args>
    std::optional<Row> row(std::string_view sql, const Args&... args) {
        std::optional<Row> out;
        run<Row>(sql, [&](Row&& row) { out = std::move(row); }, args...);
        return out;
    }

    /// Runs a statement that returns no rows. Returns how many rows it changed.
    template <class... Args>
    std::int64_t execute(std::string_view sql, const Args&... args) {
        const std::array<Parameter, sizeof...(Args)> parameters{to_parameter(args)...};
        return execute_with(sql, parameters, {});
    }

protected:
    using OnRow = std::function<void(const RowView&)>;
    virtual std::int64_t execute_with(std::string_view sql, std::span<const Parameter> parameters,
                                      const OnRow& on_row) = 0;

private:
    template <class Row, class Take, class... Args>
    void run(std::string_view sql, Take&& take, const Args&... args) {
        const std::array<Parameter, sizeof...(Args)> parameters{to_parameter(args)...};
        execute_with(sql, parameters, [&](const RowView& view) {
            Row row{};
            int column = 0;
            boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>(
                [&](auto member) { from_column(view, column++, row.*member.pointer); });
            take(std::move(row));
        });
    }
};

}  // namespace symbolon::db
