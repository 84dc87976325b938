#pragma once

#include "net/http.hpp"
#include "oauth/grants/grant.hpp"

#include <memory>
#include <string_view>

namespace symbolon::oauth {

/// The token endpoint's one way: form, client authentication, grant type, permission, keys that the tokens are bound
/// to, the grant itself. A grant cannot forget a shared step. Fails: the oauth_… codes. Spec: RFC 6749 §3.2,
/// oauth-and-hosted-ui.md §1.8.
Task<TokenAnswer> run_grant(Doors& doors, Site site, net::Request request);

/// Whether the client is set to a grant type that the service has no word for (ClientExtensions::grant_types).
bool may_use_grant(const directory::Client& client, std::string_view name);

/// The names of all grants, for the metadata.
std::vector<std::string_view> list_grant_types();

/// The fields of a POSTed form, each at most once, but for one that a standard repeats. Fails: oauth_invalid_request
/// (another content type, a repeated field), invalid_parameter (it cannot be decoded).
net::Form parse_posted_form(const net::Request& request, std::string_view repeatable = {});

}  // namespace symbolon::oauth
