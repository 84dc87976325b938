#pragma once

struct sqlite3;

namespace symbolon::db::sqlite {

/// Teaches a connection the collation "C" of the schema: the order of the bytes, as PostgreSQL's.
/// Fails: Error{unavailable}.
void add_collation(sqlite3* connection);

}  // namespace symbolon::db::sqlite
