#pragma once

#include "oauth/tokens/signing.hpp"

#include <string>
#include <string_view>

namespace symbolon::oauth {

/// The ID token of a family (oauth-and-hosted-ui.md §2.2, OpenID Connect Core §2). `access_token` is the one that is
/// handed out with it; "" when there is none.
std::string sign_id_token(const Signing& signing, const directory::Pool& pool, const directory::User& user,
                          const directory::Grant& grant, const Content& content, std::string_view access_token);

/// What says when a token was made, for what, and by whom.
void add_common_claims(boost::json::object& claims, const Signing& signing, std::string_view token_use,
                       std::int64_t auth_time, std::chrono::seconds life);
/// By which a family can be ended: only where something may end it, as Cognito has it (oauth-and-hosted-ui.md §2.1); in
/// the other forms of access tokens always.
void add_revocation_claims(boost::json::object& claims, const Signing& signing, const directory::Pool& pool,
                           const directory::Grant& grant);
/// How the user was authenticated: where the request asked for it, and always in pools that follow the standard.
void add_authentication(boost::json::object& claims, const directory::Pool& pool,
                        const directory::GrantDetails& details);
/// A list of names; absent when there are none.
void add_names(boost::json::object& claims, std::string_view claim, const std::vector<std::string>& names);

}  // namespace symbolon::oauth
