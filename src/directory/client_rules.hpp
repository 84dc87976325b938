#pragma once

#include "directory/client_settings.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// The pool's own users, where identity providers are named.
inline constexpr std::string_view local_provider = "COGNITO";

/// The scope of a client that may register others (oauth-and-hosted-ui.md §1.16). No resource server has it.
inline constexpr std::string_view registration_scope = "aws.cognito/dcr/register";

/// Fills in what describe returns of a client that was created without it. Spec: cognito-api §5.7.
void apply_defaults(ClientSettings& settings);

/// What UpdateUserPoolClient makes of a client: the request replaces everything but EnableTokenRevocation and
/// AuthSessionValidity, which stay when they are omitted. Not checked. Spec: cognito-api §5.7.
ClientSettings replaced(const ClientSettings& stored, const ClientSettings& update);

/// Checks that a client's settings agree with each other and with its pool. `custom_scopes`: those that live now, as
/// `identifier/name`; a scope in `kept_scopes` (the client's before an update) passes even if it lives no more.
/// `providers`: the pool's identity providers.
/// Fails: invalid_parameter, invalid_oauth_flow, scope_does_not_exist, in the words of cognito-api §4.4, §5.7.
void check_client(const Pool& pool, const ClientSettings& settings, bool has_secret,
                  const std::vector<std::string>& custom_scopes, const std::vector<std::string>& kept_scopes = {},
                  const std::vector<std::string>& providers = {});

/// True for a URL that a client may be sent back to: absolute, no fragment, no user name, no control characters or
/// spaces or backslashes; https to any host, http to localhost, 127.0.0.1 or [::1], or a private-use scheme of an app;
/// never a scheme that a browser runs or reads (javascript, data, vbscript, file, about, blob, …). Spec: cognito-api
/// §5.7.
bool is_allowed_redirect(std::string_view url);

}  // namespace symbolon::directory
