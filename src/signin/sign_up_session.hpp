#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/services.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The sessions that lead from a sign-up into the first sign-in, for clients that allow ALLOW_USER_AUTH: SignUp gives
/// one; ConfirmSignUp takes it and gives another; InitiateAuth with USER_AUTH takes that in place of a first factor,
/// once. Each is sealed for its pool, client, user and step, and dies with the user's password. Spec: cognito-api.md
/// §2.8, §3.2.
namespace symbolon::signin {

/// What SignUp answers with; "" for a client without ALLOW_USER_AUTH. It opens nothing yet.
std::string seal_signed_up(Services& services, const directory::Pool& pool, const directory::Client& client,
                           const directory::User& user, Instant now);

/// What ConfirmSignUp answers with when it was given the former for this user; "" when it was not, or too late: a
/// confirmation is not refused for that.
std::string seal_confirmed(Services& services, db::Transaction& tx, const directory::Pool& pool,
                           const directory::Client& client, const directory::User& user,
                           std::string_view signed_up_session, Instant now);

/// The user who was confirmed with it: CONFIRMED, enabled, and the one that `login` names. Uses it up. Nothing for
/// every other session. Whoever calls goes on as after a first factor: a second one is due as ever.
[[nodiscard]] std::optional<directory::User> use_confirmed(Services& services, db::Transaction& tx,
                                                           const directory::Pool& pool, const directory::Client& client,
                                                           std::string_view session, std::string_view login,
                                                           Instant now);

}  // namespace symbolon::signin
