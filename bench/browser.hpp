#pragma once

#include "deployment.hpp"

#include <string>

namespace symbolon::bench {

/// The target of an authorization request of the skill, e.g. "/<pool>/oauth2/authorize?…".
std::string authorize_target(const Deployment& deployment);

/// Signs a user in on the hosted pages, with password and code by SMS, as a browser would. Returns what its
/// Cookie header says from then on. Fails: std::runtime_error with the page that did not go on.
std::string sign_in_by_browser(Deployment& deployment, const std::string& phone_number);

}  // namespace symbolon::bench
