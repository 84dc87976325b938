#pragma once

#include "voice/skill.hpp"

#include <string>

namespace symbolon::voice {

/// Where a skill's manifest says what the other platforms need. These are this assistant's own places: neither platform
/// has a manifest of Alexa's form.
///   apis.google       fulfillmentUrl, clientId (that Google gave the maker), revocationUrl
///   apis.smartThings  endpoint.uri

std::string google_fulfillment_url(const Skill& skill);  ///< "" when none is set
std::string google_client_id(const Skill& skill);        ///< the audience of assertions; "" when none is set
std::string smartthings_endpoint(const Skill& skill);    ///< "" when none is set
/// The manifest's; otherwise the token endpoint's neighbour `revoke`.
std::string revocation_url(const Skill& skill, const AccountLinking& config);

}  // namespace symbolon::voice
