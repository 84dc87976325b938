#pragma once

#include "deployment.hpp"

#include <string>
#include <vector>

namespace symbolon::bench {

/// A request of the server, and the echo that got the very same bytes, in alternating rounds: what disturbs one
/// disturbs the other.
struct PacesAgainstEcho {
    Pace server;
    Pace echo;
};

/// Requests that are answered with that status, each by connections of its own. `self`: this program, for the echo's
/// process.
PacesAgainstEcho measure_against_echo(Deployment& deployment, const std::string& self,
                                      std::vector<std::string> requests, Seconds duration, int status);
PacesAgainstEcho measure_user_info(Deployment& deployment, const std::string& self,
                                   const std::vector<std::string>& access_tokens, Seconds duration);
/// GetUser of the JSON API. The tokens are of sign-ins over that API.
PacesAgainstEcho measure_get_user(Deployment& deployment, const std::string& self,
                                  const std::vector<std::string>& access_tokens, Seconds duration);

}  // namespace symbolon::bench
