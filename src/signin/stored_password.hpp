#pragma once

#include "base/secret.hpp"
#include "base/task.hpp"
#include "crypto/srp.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>

namespace symbolon::signin {

/// A password as it is stored: its hash and, in a pool with a client that allows SRP, what SRP checks it by. Made by
/// make_stored() and put into a user by set_password(), nowhere else.
struct StoredPassword {
    std::string hash;
    std::optional<crypto::srp::Verifier> verifier = {};
};

/// Hashes a password for the user of that name (the real one: it is part of what SRP proves). On the hasher's threads;
/// not within a transaction. Fails: too_many_requests.
Task<StoredPassword> make_stored(Services& services, PoolPtr pool, std::string username, Password password);

/// Gives the user the password. It is stored with Users::create or save, in the same transaction; the former one is
/// kept where the pool wants that (password_history).
void set_password(Services& services, db::Transaction& tx, const directory::Pool& pool, directory::User& user,
                  const StoredPassword& password);

/// The verifier of a password that was just found right; nothing where the pool has no client that allows SRP, or the
/// hasher is too busy: it is made another time then.
Task<std::optional<crypto::srp::Verifier>> make_missing_verifier(Services& services, PoolPtr pool, std::string username,
                                                                 Password password);

}  // namespace symbolon::signin
