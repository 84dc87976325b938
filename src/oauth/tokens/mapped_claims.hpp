#pragma once

#include "directory/claim_mappings.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace symbolon::oauth {

/// Adds the claims that the pool and the client declare for that place; of two with one name the client's. An attribute
/// that the user does not have, or the client may not read, adds nothing. `groups`: the user's, as the token has them.
void add_mapped_claims(boost::json::object& claims, const directory::Pool& pool, const directory::Client& client,
                       const directory::User& user, const std::vector<std::string>& groups,
                       directory::ClaimPlace place);

}  // namespace symbolon::oauth
