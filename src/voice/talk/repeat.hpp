#pragma once

#include "base/clock.hpp"
#include "voice/skill.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace symbolon::voice {

/// What is fresh in a request that is sent again.
struct Repeat {
    std::string uuid;
    Instant at{};
    std::string access_token;  ///< "" when the account is not linked (any more)
};

/// A logged request, ready to be sent again: its id, its time and the token are fresh, all else is as it was.
boost::json::object repeated(const boost::json::object& logged, const Repeat& repeat);

/// Where a document goes: directives to the smart home's endpoint, skill events to theirs, the rest to the custom
/// skill's. "" when the skill has none.
std::string endpoint_for(const Skill& skill, const boost::json::object& body);

/// The access token of a request or a directive; "" when there is none.
std::string token_in(const boost::json::object& body);

}  // namespace symbolon::voice
