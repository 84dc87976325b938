#pragma once

#include "base/task.hpp"
#include "directory/grants.hpp"
#include "directory/pools.hpp"
#include "oauth/tokens.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A sign-in by the JSON API that is to be of some level (USER_AUTH: TARGET_ACR_VALUES, ACCESS_TOKEN, MAX_AGE), as
/// `acr_values` and `max_age` have it of authorization requests. Spec: oauth-and-hosted-ui.md §1.16, cognito-api.md
/// §3.6.
namespace symbolon::oauth {

/// The levels that the words of a list are called in the pool, in their order. Other words are passed over. Fails:
/// invalid_parameter (there is no level among them).
std::vector<int> parse_levels(const directory::Pool& pool, std::string_view list);

/// The sign-in that an access token of the client is of. Its password counts while it is not older than `max_age`, and
/// where it was proven here, not to an identity provider. Fails: as Tokens::verify_access; not_authorized (another
/// client's).
Task<signin::FormerSignIn> find_former_sign_in(signin::Services& services, Tokens& tokens, signin::ClientPtr client,
                                               std::string access_token, std::optional<std::chrono::seconds> max_age);

/// What its tokens say of the level; nothing where none was wanted.
std::optional<directory::AskedFor> asked_level(const directory::Pool& pool, const signin::SignedIn& signed_in);

}  // namespace symbolon::oauth
