#pragma once

#include "base/clock.hpp"
#include "directory/auth_events.hpp"
#include "signin/risk/origin.hpp"

#include <optional>
#include <vector>

/// How likely it is that a sign-in is not its user's: what is unusual about it, and what that comes to. Pure.
namespace symbolon::signin {

struct Signs {
    bool new_address = false;  ///< the user never signed in from there
    bool new_device = false;   ///< nor with that
    bool reported = false;     ///< a sign-in from there, or with that, was rated Invalid
    int failures = 0;          ///< wrong passwords and codes in the last hour

    friend bool operator==(const Signs&, const Signs&) = default;
};

/// `history` is what is kept of the user, in any order. Known is from where, and with what, the user signed in to the
/// end, or what was rated Valid; what was rated Invalid is not. Of a user who has no past nothing is new.
Signs find_signs(const std::vector<directory::AuthEvent>& history, const Origin& origin, Instant now);

/// A new address and a new device count 1 each, 3 failures 1, 10 failures 2, what was reported 2. 1 is Low, 2 Medium, 3
/// and more High; nothing: no risk.
std::optional<directory::RiskLevelType> score(const Signs& signs);

}  // namespace symbolon::signin
