#pragma once

#include "directory/clients.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

inline constexpr std::string_view openid_scope = "openid";
inline constexpr std::string_view admin_scope = "aws.cognito.signin.user.admin";  ///< unlocks the self-service API

/// The words of a `scope` parameter, each once, in order (RFC 6749 §3.3).
std::vector<std::string> parse_scopes(std::string_view text);
std::string join_scopes(const std::vector<std::string>& scopes);
bool has_scope(const std::vector<std::string>& scopes, std::string_view scope);
/// True when every one of `asked` is in `granted`.
bool covers(const std::vector<std::string>& granted, const std::vector<std::string>& asked);

/// True for a scope of a resource server, `identifier/name`, or the registration scope, which looks like one; the others
/// have fixed names.
bool is_custom_scope(std::string_view scope);
/// All scopes of the client that exist: a custom scope that was deleted from its resource server is left out, as
/// Cognito does (oauth-and-hosted-ui.md §2.4). `live` are the pool's custom scopes.
std::vector<std::string> list_scopes_of(const directory::Client& client, const std::vector<std::string>& live);
/// The scopes of a token of the client for itself: those that it asks for, or all of them. Only scopes of resource
/// servers, since there is no user whom the others could be about. Nothing when it asks for what it may not have.
std::optional<std::vector<std::string>> pick_client_scopes(const directory::Client& client,
                                                           const std::vector<std::string>& live,
                                                           std::vector<std::string> asked);

}  // namespace symbolon::oauth
