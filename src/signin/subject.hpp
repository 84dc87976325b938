#pragma once

#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::signin {

/// Whom a login names. Where users are hidden, a login that names nobody has a `key` all the same, so that it is
/// counted and has codes stored as a user would: what can be observed is the same. Every spelling of one login has one
/// key.
struct Subject {
    UserId key;  ///< the user's id, or one derived from the canonical login
    std::optional<directory::User> user;
};

Subject find_subject(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Pool& pool,
                     std::string_view login);

/// The login in the form in which it is compared: E.164, an e-mail address, or a user name.
std::string canonical_login(const directory::Pool& pool, std::string_view login);

}  // namespace symbolon::signin
