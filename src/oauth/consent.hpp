#pragma once

#include "base/task.hpp"
#include "oauth/authorization.hpp"
#include "oauth/site.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <string>
#include <vector>

/// What people allow apps (OpenID Connect Core §3.1.2.4). Only for clients that are set to ask (require_consent): the
/// service's never do.
namespace symbolon::oauth {

/// Whether the person has to be asked before this request is answered: they have not allowed all of it yet, or the
/// request wants them to be asked (prompt=consent).
Task<bool> needs_consent(signin::Services& services, Site site, AuthorizationRequest request, UserId user);

/// Remembers that the person allows what the request asks for, beside what they allowed that client before.
Task<void> allow(signin::Services& services, AuthorizationRequest request, UserId user);

/// The page that asks somebody who has just signed in for this request.
std::string consent_url(const signin::Services& services, const Site& site, const AuthorizationRequest& request,
                        const signin::SignedIn& person);

/// Takes back what the person allowed a client: its refresh tokens end, and its access tokens with them.
Task<void> withdraw_consent(signin::Services& services, PoolId pool, UserId user, ClientId client);

}  // namespace symbolon::oauth
