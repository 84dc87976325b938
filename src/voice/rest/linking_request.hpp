#pragma once

#include "voice/skill.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// Reads an AccountLinkingRequest (the object inside `accountLinkingRequest`) and checks it: URLs, grant, lists of at
/// most 15. A `clientSecret` that is left out keeps `stored`'s. skipOnEnablement may be text: the platform's own tool
/// sends it so. Fails: invalid_parameter, with what is wrong in words.
StoredLinking read_linking_request(const boost::json::object& in, const std::optional<StoredLinking>& stored);

/// What is wrong with one member of a configuration.
struct LinkingProblem {
    std::string_view member;  ///< as the API calls it, "authorizationUrl"
    std::string text;         ///< continues the member's name: "must not be negative."
};

/// Everything that is wrong with a configuration however it came, a member at most once.
std::vector<LinkingProblem> find_linking_problems(const StoredLinking& linking);

}  // namespace symbolon::voice
