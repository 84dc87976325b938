#pragma once

#include "directory/auth_events.hpp"

#include <optional>

namespace symbolon::signin {

/// What threat protection does about a sign-in. Spec: cognito-api.md §5.11.
enum class RiskAction {
    none,
    second_factor_if_possible,  ///< MFA_IF_CONFIGURED: of who has something that can be asked for
    second_factor,              ///< MFA_REQUIRED: who has nothing that can be asked for is blocked
    block,
    reset_password,  ///< the password is on a list of leaked ones: it opens nothing any more
};

/// What was found out about one sign-in when its first factor was proven, and what is done about it. It holds until the
/// sign-in ends.
struct Risk {
    std::optional<directory::RiskLevelType> level = {};
    bool compromised = false;
    RiskAction action = RiskAction::none;
    bool notify = false;  ///< the user is told by e-mail

    bool asks_second_factor() const {
        return action == RiskAction::second_factor || action == RiskAction::second_factor_if_possible;
    }

    friend bool operator==(const Risk&, const Risk&) = default;
};

}  // namespace symbolon::signin
