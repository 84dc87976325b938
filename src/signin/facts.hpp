#pragma once

#include "db/transaction.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/services.hpp"
#include "signin/step.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What step() goes by, read from the directory.
namespace symbolon::signin {

/// What a user has beside its row.
struct Possessions {
    bool software_token = false;    ///< a verified one
    bool passkey = false;           ///< one that can be offered
    bool known_device = false;      ///< the client says that it is on a device that the user remembers
    bool device_is_second = false;  ///< … which stands for the second factor
};

Possessions find_possessions(const Services& services, db::Transaction& tx, const directory::Pool& pool,
                             const directory::User& user, const std::string& device_key);

/// `risk` is what threat protection makes of the sign-in.
Facts facts_of(const directory::Pool& pool, const directory::Client& client, const directory::User& user,
               const Possessions& has, const Risk& risk);

/// What would be true of a login that names nobody, so that it is offered what somebody would be.
Facts facts_of_nobody(const directory::Pool& pool, const directory::Client& client, std::string_view login);

/// Notes the levels of which one is wanted (Facts::levels). First factors with which none is reached, whatever follows,
/// are not on offer: that tells nothing of the user.
void want_levels(Facts& facts, const std::vector<int>& levels);

/// What a user without a second factor may set up.
std::vector<ChallengeKind> setup_choices(const directory::Pool& pool);

}  // namespace symbolon::signin
