#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>

namespace symbolon::signin {

/// Asks the pool's UserMigration hook for a user whom nobody here knows, and stores whom it returns: CONFIRMED or
/// RESET_REQUIRED, with the password that was typed (empty: none; the pool's policy does not bind it). Nothing when the
/// login is known here, when the pool has no such hook, when nobody knows the user, or when the hook is asked for the
/// same login too often, which bounds guesses at the other system's passwords. Not within a transaction. Who signs in
/// is then looked up and checked as anybody. Fails: user_not_found, when the hook throws and the client does not hide
/// users; hook_failed, hook_answer_invalid (also attributes that break the schema); alias_exists, username_exists.
/// Spec: cognito-api.md §6.1, §6.3.
Task<std::optional<directory::User>> migrate_user(Services& services, PoolPtr pool, ClientPtr client, std::string login,
                                                  triggers::MigrationSource source, Password password, Caller caller);

}  // namespace symbolon::signin
