#pragma once

#include "oauth/endpoints/doors.hpp"

#include <string_view>

namespace symbolon::oauth {

/// What a handle that is unknown, used, expired or another browser's is answered with: whose request it was is not
/// known, so nobody is redirected to a client (§1.3).
inline constexpr std::string_view invalid_state = "Invalid state";

/// What a person is told whom a provider did not let in, where no client can be.
inline constexpr std::string_view provider_refused = "Sign-in refused";

/// In which way a provider says who somebody is.
enum class Protocol { code, saml };

/// Ends a journey: what the provider answered becomes a sign-in of this browser, and the client gets its answer, or is
/// told why not.
Task<net::Response> end_journey(Doors& doors, Site site, net::Request request, directory::FederationRequest journey,
                                net::Form answer, Protocol protocol);

}  // namespace symbolon::oauth
