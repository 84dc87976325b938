#pragma once

#include <string_view>

struct sqlite3;

namespace symbolon::db::sqlite {

/// Throws what the last call on the connection reported. `doing` is a statement or a few words; never a bound value.
/// Fails: Error{unavailable} (the world: busy, disk full, input/output), Error{internal} (the statement).
[[noreturn]] void throw_failure(sqlite3* connection, std::string_view doing);

}  // namespace symbolon::db::sqlite
