#pragma once

#include "against_echo.hpp"
#include "deployment.hpp"

#include <string>
#include <vector>

namespace symbolon::bench {

/// The header fields of a form that the client posts, with its secret.
Fields fields_of(const Deployment& deployment, const Deployment::Client& client);

/// Refreshes with these tokens, again and again: an access and an ID token each.
Pace measure_refresh(Deployment& deployment, const std::vector<std::string>& refresh_tokens, Seconds duration);
/// Tokens of a client for itself (RFC 6749 §4.4): one access token each.
Pace measure_client_credentials(Deployment& deployment, Seconds duration);
/// A browser that is signed in asks for codes.
PacesAgainstEcho measure_authorize(Deployment& deployment, const std::string& self, const std::string& cookies,
                                   Seconds duration);
/// The skill asks about its access tokens (RFC 7662).
PacesAgainstEcho measure_introspection(Deployment& deployment, const std::string& self,
                                       const std::vector<std::string>& access_tokens, Seconds duration);

}  // namespace symbolon::bench
