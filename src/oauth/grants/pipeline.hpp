#pragma once

#include "net/http.hpp"
#include "oauth/grants/grant.hpp"

#include <memory>

namespace symbolon::oauth {

/// The token endpoint's one way: form, client authentication, grant type, permission, the grant itself. A grant cannot
/// forget a shared step. Fails: the oauth_… codes. Spec: RFC 6749 §3.2, oauth-and-hosted-ui.md §1.8.
Task<TokenSet> run_grant(directory::Catalog& catalog, Tokens& tokens, signin::PoolPtr pool, net::Request request);

/// The fields of a POSTed form, each at most once. Fails: oauth_invalid_request (another content type, a repeated
/// field), invalid_parameter (it cannot be decoded).
net::Form parse_posted_form(const net::Request& request);

}  // namespace symbolon::oauth
