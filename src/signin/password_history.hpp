#pragma once

#include "base/secret.hpp"
#include "base/task.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

namespace symbolon::signin {

/// Compares a password that is to be set with the last ones of its user, where the pool wants that. For after all else
/// was proven: it tells whether a password was once the user's. `proposed` is a clone(). Hashes up to 24 times, outside
/// of transactions. Fails: password_used_before, too_many_requests. Spec: cognito-api.md §5.5.
Task<void> check_password_history(Services& services, PoolPtr pool, directory::User user, Password proposed);

/// Keeps the password that `user` (as it was read) is about to lose, where the pool wants that. In the transaction that
/// saves the new one, before the new hash is put into the user.
void remember_password(db::Transaction& tx, const directory::Pool& pool, const directory::User& user);

}  // namespace symbolon::signin
