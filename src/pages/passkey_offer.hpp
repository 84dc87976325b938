#pragma once

#include "pages/flow.hpp"

namespace symbolon::pages {

/// Whether a browser makes passkeys of the pool under the address of this page: the RelyingPartyId may be an app's own
/// domain, and without https there are none.
bool can_make_passkey(const Flow& flow, const Visit& visit);

/// Whether somebody who has just signed in for a client is asked first to make a passkey: it would get them in, they
/// have none, and they did not put it off in this browser.
Task<bool> offers_passkey(Flow& flow, const Visit& visit, const signin::SignedIn& signed_in);

/// "Not now": this browser does not ask that person again for a while.
void put_off_passkey(const Flow& flow, const Visit& visit, const UserId& user, net::Response& response);

}  // namespace symbolon::pages
