#pragma once

#include "base/task.hpp"
#include "net/form.hpp"
#include "oauth/authorization.hpp"
#include "oauth/site.hpp"
#include "signin/services.hpp"

#include <string>
#include <string_view>

namespace symbolon::oauth {

/// By this name the pages of a pool's own account ask for a sign-in. No client of a pool can have it.
inline constexpr std::string_view account_client_id = "@account";

/// Whether a query asks for a sign-in at the account page.
bool is_account_query(const net::Form& query);

/// A request for a sign-in at the account page: what an authorization request is for an app. It is answered with the
/// session alone, never with a code or tokens. People come by whichever of the pool's identity providers let them in,
/// or without one. `name` stands on the pages in the place of an app's.
Task<AuthorizationRequest> make_account_request(signin::Services& services, Site site, net::Form query,
                                                std::string name);

/// Whether a request is such a one.
bool is_for_account(const AuthorizationRequest& request);

/// Where a person signs in for the account page; with `prompt`, e.g. "login", although they are signed in.
std::string account_sign_in_url(const Site& site, std::string_view prompt);
std::string account_url(const Site& site);

}  // namespace symbolon::oauth
