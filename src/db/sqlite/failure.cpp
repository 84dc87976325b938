#include "db/sqlite/failure.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <string>

namespace symbolon::db::sqlite {
namespace {

bool is_the_worlds_fault(int primary_code) {
    switch (primary_code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_NOMEM:
            return true;
        default:
            return false;
    }
}

/// A statement as a line of a log.
std::string on_one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank) out += c;
        if (blank && !out.empty() && out.back() != ' ') out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace

void throw_failure(sqlite3* connection, std::string_view doing) {
    const int code = connection == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(connection);
    const char* text = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
    auto detail = fmt::format("SQLite: {} (code {}) in: {}", text, code, on_one_line(doing));
    if (is_the_worlds_fault(code & 0xff)) {
        throw Error{Errc::unavailable, "The database is not available.", std::move(detail)};
    }
    throw Error{Errc::internal, {}, std::move(detail)};
}

}  // namespace symbolon::db::sqlite
