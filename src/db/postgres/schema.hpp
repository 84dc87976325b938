#pragma once

#include "base/clock.hpp"
#include "db/migrate.hpp"
#include "db/postgres/connection.hpp"

#include <span>

namespace symbolon::db::postgres {

/// Does the migrations that the database has not had yet, each in a transaction of its own, and records them in
/// schema_migrations. Several processes may do this at once: the row of schema_lock lets one after the other, which
/// needs no kind of lock that distributed engines lack. A database that is up to date is only read.
/// `connection` is in no transaction. Fails: Error{unavailable} (see find_pending_migrations; the server),
/// Error{internal} (a wrong migration; nothing of it is kept).
void migrate(Connection& connection, std::span<const Migration> known, Instant now);

}  // namespace symbolon::db::postgres
