#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>

namespace symbolon::voice {

/// Something that happened to a person's standing with a skill, told after it was committed.
struct LinkEvent {
    enum class Kind { enabled, account_linked, disabled };
    Kind kind = Kind::enabled;
    std::string skill_id;
    std::string account;
    std::string user_id;       ///< what the skill knows the person by
    std::string access_token;  ///< of a link that was made; a secret
    Instant at{};
};

/// What other parts of the assistant do when the linking comes to them. Each may be empty. Set before the first
/// request.
struct LinkHooks {
    /// For skill events (voice-account-linking.md §2.13, §3.1).
    std::function<Task<void>(LinkEvent)> event;
    /// Sends AcceptGrant with the platform's code to a smart-home skill; what went wrong, or nothing (§3.4).
    std::function<Task<std::optional<std::string>>(std::string skill_id, std::string account, std::string code)>
        accept_grant;
    /// A report that a skill sent to the event gateway (§3.4).
    std::function<Task<void>(boost::json::object event, std::string skill_id, std::string account)> gateway_event;
};

}  // namespace symbolon::voice
