#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "db/transaction.hpp"
#include "signin/administration.hpp"
#include "signin/occasion.hpp"

namespace symbolon::signin {

/// Enqueues the invitation on every medium that was asked for and that the user has. Fails: invalid_parameter (no such
/// medium), code_delivery_failed (a number that no text goes to). Spec: cognito-api.md §4.6.
void send_invitation(Services& services, db::Transaction& tx, const directory::Pool& pool, const directory::User& user,
                     const std::vector<std::string>& media, const Password& temporary, const Occasion& occasion,
                     Instant now);

}  // namespace symbolon::signin
