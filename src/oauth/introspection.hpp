#pragma once

#include "base/task.hpp"
#include "oauth/site.hpp"
#include "oauth/tokens.hpp"
#include "signin/services.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace symbolon::oauth {

/// What a client may know of a token: everything of its own, and, of those for a resource server that it is, what
/// concerns that. `{"active":false}` for all others, whether they hold or not, since a difference would tell (RFC 7662
/// §2.2, §4). Users are called as the asking client knows them. Whether a token holds is looked up each time.
Task<boost::json::object> introspect(signin::Services& services, Tokens& tokens, Site site, signin::ClientPtr client,
                                     std::string token);

}  // namespace symbolon::oauth
