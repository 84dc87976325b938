#pragma once

#include "voice/skill.hpp"

#include <boost/json/object.hpp>

namespace symbolon::voice {

/// Reads an AccountLinkingRequest (the object inside `accountLinkingRequest`) and checks it: URLs, grant, lists of at
/// most 15. A `clientSecret` that is left out keeps `stored`'s. skipOnEnablement may be text: the platform's own tool
/// sends it so. Fails: invalid_parameter, with what is wrong in words.
StoredLinking read_linking_request(const boost::json::object& in, const std::optional<StoredLinking>& stored);

/// Checks a configuration however it came. Fails: invalid_parameter.
void check_linking(const StoredLinking& linking);

}  // namespace symbolon::voice
