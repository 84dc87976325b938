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

/// Whom a login names. Where users are hidden, a login that names nobody has a `key` and a `username` all the same, so
/// that it is counted, challenged and has codes stored as a user would: what can be observed is the same. Every
/// spelling of one login has one key.
struct Subject {
    UserId key;            ///< the user's id, or one derived from the canonical login, of the same length
    std::string username;  ///< as the API shows it; of nobody, what it could be
    std::string login;     ///< canonical, as it was typed where the sign-in began
    std::optional<directory::User> user;
};

Subject find_subject(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Pool& pool,
                     std::string_view login);

/// Whom the login does not name; or a user who has to look like nobody, since the client hides users.
Subject as_nobody(const crypto::Sealer& sealer, const directory::Pool& pool, std::string_view login);

/// The login in the form in which it is compared: E.164, an e-mail address, or a user name.
std::string canonical_login(const directory::Pool& pool, std::string_view login);

}  // namespace symbolon::signin
