#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::db {

/// A step of the schema, forward only. Number, name and text come from migrations/NNNN_name.sql.
struct Migration {
    int number;  ///< from 1, without gaps
    std::string_view name;
    std::string_view text;
    std::string_view checksum;  ///< SHA-256 of the text, hexadecimal
};

/// What a database says has been done to it.
struct AppliedMigration {
    int number;
    std::string name;
    std::string checksum;
};

/// Every migration of the identity server's schema, and of the assistant's, in order. Embedded by
/// embed_migrations.cmake.
std::span<const Migration> server_migrations();
std::span<const Migration> assistant_migrations();

/// Those of `known` that are still to be done. `applied` is in order of number.
/// Fails: Error{unavailable} when the database is of a newer program, or when one of its migrations was not what this
/// program has under that number: going on would build on a schema that nobody has tested.
std::span<const Migration> find_pending_migrations(std::span<const Migration> known,
                                                   const std::vector<AppliedMigration>& applied);

}  // namespace symbolon::db
