#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"

#include <optional>
#include <string>

namespace symbolon::directory {

/// Whether a token still holds, and for whom: all that userInfo and GetUser ask of the database.
struct TokenStatus {
    bool grant_live = false;  ///< the grant exists and is not revoked
    Instant tokens_from{};    ///< tokens of sign-ins before this moment are void
    bool user_enabled = false;
    User user;
};

/// Reads it with one statement, by primary keys. Nothing when the user does not exist.
std::optional<TokenStatus> find_token_status(db::Transaction& tx, const PoolId& pool, const UserId& user,
                                             const std::string& grant_id);

}  // namespace symbolon::directory
