#include "db/postgres/values.hpp"

#include "db/statement_checks.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>

namespace symbolon::db::postgres {
namespace {

constexpr int as_text = 0;
constexpr int as_is = 1;  // libpq's "binary": of text and bytea, the bytes themselves

// From pg_type.dat; they never change.
enum Type : unsigned {
    boolean = 16,
    bytea = 17,
    name = 19,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    bpchar = 1042,
    varchar = 1043,
};

/// A big-endian two's complement number of 1, 2, 4 or 8 bytes.
std::int64_t to_integer(std::string_view bytes, bool is_signed) {
    std::uint64_t number =
        is_signed && (static_cast<unsigned char>(bytes.front()) & 0x80u) != 0 ? ~std::uint64_t{0} : 0;
    for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(number);
}

}  // namespace

void Arguments::assign(std::span<const Parameter> parameters) {
    values_.clear();
    lengths_.clear();
    formats_.clear();
    digits_.clear();
    digits_.reserve(parameters.size());
    for (const Parameter& parameter : parameters) {
        std::visit([this](const auto& value) { add(value); }, parameter);
    }
}

void Arguments::add(std::monostate) {
    values_.push_back(nullptr);
    lengths_.push_back(0);
    formats_.push_back(as_text);
}

void Arguments::add(std::int64_t number) {
    auto& digits = digits_.emplace_back();
    *std::to_chars(digits.data(), digits.data() + digits.size() - 1, number).ptr = '\0';
    values_.push_back(digits.data());
    lengths_.push_back(0);  // not looked at: the text ends with NUL
    formats_.push_back(as_text);
}

void Arguments::add(std::string_view words) {
    check_text(words);
    add_as_is(words.data(), words.size());
}

void Arguments::add(ByteView octets) {
    add_as_is(reinterpret_cast<const char*>(octets.data()), octets.size());
}

void Arguments::add_as_is(const char* begin, std::size_t size) {
    values_.push_back(begin == nullptr ? "" : begin);  // a null pointer would be NULL
    lengths_.push_back(static_cast<int>(size));
    formats_.push_back(as_is);
}

int ResultRow::columns() const {
    return PQnfields(result_);
}

std::string_view ResultRow::name(int column) const {
    return PQfname(result_, column);
}

bool ResultRow::is_null(int column) const {
    return PQgetisnull(result_, row_, column) != 0;
}

std::string_view ResultRow::value(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t ResultRow::integer(int column) const {
    if (!is_null(column)) {
        switch (PQftype(result_, column)) {
            case int8:
            case int4:
            case int2:
                return to_integer(value(column), true);
            case boolean:
                return to_integer(value(column), false);
            default:
                break;
        }
    }
    refuse(column, "an integer");
}

std::string_view ResultRow::text(int column) const {
    if (!is_null(column)) {
        switch (PQftype(result_, column)) {
            case Type::text:
            case varchar:
            case bpchar:
            case Type::name:
                return value(column);
            default:
                break;
        }
    }
    refuse(column, "text");
}

ByteView ResultRow::bytes(int column) const {
    if (is_null(column) || PQftype(result_, column) != bytea) refuse(column, "bytes");
    const std::string_view octets = value(column);
    return {reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()};
}

void ResultRow::refuse(int column, std::string_view wanted) const {
    const auto found = is_null(column) ? std::string("NULL") : fmt::format("of type {}", PQftype(result_, column));
    throw_wrong_statement(sql_, fmt::format("column {} is {}, not {}", name(column), found, wanted));
}

}  // namespace symbolon::db::postgres
