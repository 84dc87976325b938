#pragma once

#include <filesystem>
#include <string>

namespace symbolon::db {

/// Copies the database of a `sqlite:` URL into a new file, readable by this user alone: one state of all tables, also
/// while a server writes. The copy is checked before the call returns. Fails: Error{invalid_parameter} (another engine,
/// which has tools of its own; no such database; the file exists), Error{unavailable}.
void back_up(const std::string& url, const std::filesystem::path& file);

/// Reads every page of a database file and checks its structure. Fails: Error{unavailable} (damaged, no database).
void check(const std::filesystem::path& file);

}  // namespace symbolon::db
