#pragma once

#include "base/clock.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/destination.hpp"

#include <string_view>
#include <vector>

namespace symbolon::signin {

/// What an update of a user's attributes comes to. A pure function of pool, user and request.
/// Spec: cognito-api.md §4.3 (a blank value deletes), §4.5 (the table).
struct AttributePlan {
    directory::User user;               ///< as it is to be stored
    std::vector<Destination> to_prove;  ///< new numbers and addresses that a code goes to
    /// phone_number and email, as far as they were given: the value that waits for its proof; "" when none waits any
    /// longer.
    directory::Attributes pending;
};

/// `given` is checked (directory::check_attributes, check_attribute_update); a verified flag is in it only where an
/// administrator gave it.
AttributePlan plan_update(const directory::Pool& pool, const directory::User& user, const directory::Attributes& given,
                          Instant now);

/// phone_number or email: what can be proven with a code.
bool is_contact(std::string_view attribute);

}  // namespace symbolon::signin
