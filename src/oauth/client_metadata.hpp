#pragma once

#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "oauth/registration_tokens.hpp"

#include <boost/json/object.hpp>

/// Clients as their developers describe them (RFC 7591 §2, OpenID Connect Dynamic Registration §2).
namespace symbolon::oauth {

/// Lays a description over a client: its name, settings and extensions. What is left out takes its default; what the
/// server does not know, or administrators alone set, is ignored and stays as it is (§2). A client that registers itself
/// gets no more than the pool's DcrConfiguration allows whoever registers it, has to use PKCE (but see strict_oidc), and
/// asks people for their consent. `live_scopes`: the pool's custom ones.
/// Fails: oauth_invalid_redirect_uri, oauth_invalid_client_metadata.
void apply_metadata(const directory::Pool& pool, const std::vector<std::string>& live_scopes,
                    const boost::json::object& metadata, RegisteredBy registered_by, directory::Client& client);

/// Whether the client is to have a secret.
bool wants_secret(const directory::Client& client);

/// What is registered of that kind, with the client's id and secret (§3.2.1).
boost::json::object describe_client(const directory::Client& client);

}  // namespace symbolon::oauth
