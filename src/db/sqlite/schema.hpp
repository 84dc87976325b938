#pragma once

#include "base/clock.hpp"
#include "db/migrate.hpp"
#include "db/sqlite/connection.hpp"

#include <span>

namespace symbolon::db::sqlite {

/// Does the migrations that the database has not had yet, each in a transaction of its own, and records them in
/// schema_migrations. Several processes may do this at once. `connection` is a writer and in no transaction.
/// Fails: Error{unavailable} (see find_pending_migrations), Error{internal} (a wrong migration; nothing of it is kept).
void migrate(Connection& connection, std::span<const Migration> known, Instant now);

}  // namespace symbolon::db::sqlite
