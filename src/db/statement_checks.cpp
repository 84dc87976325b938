#include "db/statement_checks.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace symbolon::db {
namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) & 0x80u) != 0; });
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        if (!take_character(text)) return false;
    }
    return true;
}

}  // namespace

void throw_wrong_statement(std::string_view statement, std::string_view why) {
    throw Error{Errc::internal, {}, fmt::format("{} in: {}", why, statement)};
}

void check_shape(const RowView& row, const RowShape& shape, std::string_view statement) {
    const auto columns = static_cast<std::size_t>(row.columns());
    if (columns != shape.names.size()) {
        throw_wrong_statement(statement, fmt::format("{} columns for {} members", columns, shape.names.size()));
    }
    for (std::size_t i = 0; i < columns; ++i) {
        const std::string_view name = row.name(static_cast<int>(i));
        if (name != shape.names[i]) {
            throw_wrong_statement(statement, fmt::format("column {} for member {}", name, shape.names[i]));
        }
    }
}

void check_text(std::string_view text) {
    if (text.find('\0') == std::string_view::npos && (is_ascii(text) || is_utf8(text))) return;
    throw Error{Errc::invalid_parameter, "A text must be UTF-8 and contain no null character."};
}

}  // namespace symbolon::db
