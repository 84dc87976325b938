#pragma once

#include "directory/identity_providers.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

/// How well a provider authenticates people: what it is asked for, and what its word counts for here. Pure. Spec:
/// OpenID Connect Core §2 (acr, amr), oauth-and-hosted-ui.md §1.16 (AcrMapping).
namespace symbolon::federation::oidc {

/// The provider's own names of the levels that it is set to have, in that order, as `acr_values` has them; "" : none.
std::string acr_values(const directory::IdentityProvider& provider, const std::vector<int>& levels);

/// The level that the `acr` of a verified ID token stands for; what is not mapped is the lowest.
int level_of(const directory::IdentityProvider& provider, const boost::json::object& claims);

/// How the person was authenticated there, in registered words (RFC 8176 §2); `fed` when the provider does not say.
std::vector<std::string> methods_of(const boost::json::object& claims);

}  // namespace symbolon::federation::oidc
