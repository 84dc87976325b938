#pragma once

#include "base/error.hpp"
#include "db/value.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace symbolon::db {

/// The member names of a row type, in order. There is one of each type, so its address tells whether a statement was
/// already checked against it.
struct RowShape {
    std::span<const std::string_view> names;
};

template <class Row, class Members = boost::describe::describe_members<Row, boost::describe::mod_public>>
struct RowShapeOf;
template <class Row, template <class...> class List, class... Members>
struct RowShapeOf<Row, List<Members...>> {
    static constexpr std::array<std::string_view, sizeof...(Members)> names{Members::name...};
    static constexpr RowShape shape{names};
};

/// Takes the rows of a running statement, one by one.
using OnRow = std::function<void(const RowView&)>;

/// One transaction, handed to the closures of Database::read and Database::write. Statements are named constants in
/// `$1 … $n` style, the same text on every engine; a constant's address is its identity in the statement cache. A row
/// is a described struct; its members are filled from the columns in order, and their names are checked against the
/// columns' the first time a statement runs. A failed statement ends the transaction, whether its exception is caught
/// or not. Fails, all calls: Error{unavailable} (busy, disk full, connection lost), Error{internal} (a wrong
/// statement).
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

    /// The only row; nothing when there is none. Fails: Error{internal} when there are several.
    template <class Row, class... Args>
    std::optional<Row> row(std::string_view sql, const Args&... args) {
        std::optional<Row> out;
        const auto take = [&](Row&& row) {
            if (out) throw Error{Errc::internal, {}, "a statement for one row returned several: " + std::string(sql)};
            out = std::move(row);
        };
        run<Row>(sql, take, args...);
        return out;
    }

    /// Runs a statement that returns no rows. Returns how many rows it changed.
    template <class... Args>
    std::int64_t execute(std::string_view sql, const Args&... args) {
        const std::array<Parameter, sizeof...(Args)> parameters{to_parameter(args)...};
        return execute_with(sql, parameters, nullptr, {});
    }

    /// Runs a statement that returns no rows once for each item: faster than one by one where the database is another
    /// process. `values_of` makes of an item the tuple of its values. Returns how many rows each run changed. All items
    /// are held at once: bring a few thousand at most.
    template <class Items, class ValuesOf>
    std::vector<std::int64_t> execute_each(std::string_view sql, const Items& items, const ValuesOf& values_of) {
        using Values = decltype(values_of(*std::begin(items)));
        std::vector<Values> values;  // what the parameters are views of
        values.reserve(std::size(items));
        for (const auto& item : items) values.push_back(values_of(item));
        std::vector<Parameter> parameters;
        parameters.reserve(values.size() * std::tuple_size_v<Values>);
        const auto add = [&](const auto&... value) { (parameters.push_back(to_parameter(value)), ...); };
        for (const Values& of_item : values) std::apply(add, of_item);
        return execute_each_with(sql, parameters, values.size());
    }

protected:
    /// Runs a statement and hands out its rows; `shape` (nothing for a statement without rows) says what the columns
    /// must be called. Returns how many rows were changed.
    virtual std::int64_t execute_with(std::string_view sql, std::span<const Parameter> parameters,
                                      const RowShape* shape, const OnRow& on_row) = 0;

    /// Runs a statement `runs` times, each with its share of the parameters, which are as many for each.
    virtual std::vector<std::int64_t> execute_each_with(std::string_view sql, std::span<const Parameter> parameters,
                                                        std::size_t runs) {
        std::vector<std::int64_t> changed;
        changed.reserve(runs);
        for (std::size_t i = 0; i < runs; ++i)
            changed.push_back(execute_with(sql, share_of(parameters, runs, i), nullptr, {}));
        return changed;
    }

    static std::span<const Parameter> share_of(std::span<const Parameter> parameters, std::size_t runs, std::size_t i) {
        const std::size_t share = parameters.size() / runs;
        return parameters.subspan(i * share, share);
    }

private:
    template <class Row, class Take, class... Args>
    void run(std::string_view sql, Take&& take, const Args&... args) {
        const std::array<Parameter, sizeof...(Args)> parameters{to_parameter(args)...};
        const OnRow fill = [&take](const RowView& view) {
            Row row{};
            int column = 0;
            boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>(
                [&](auto member) { from_column(view, column++, row.*member.pointer); });
            take(std::move(row));
        };
        execute_with(sql, parameters, &RowShapeOf<Row>::shape, fill);
    }
};

}  // namespace symbolon::db
