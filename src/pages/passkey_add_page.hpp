#pragma once

#include "pages/flow.hpp"

namespace symbolon::pages {

/// Registers a passkey of somebody who signed in a moment ago; others sign in first. Where it ends, or is left out, the
/// authorization request goes on. Spec: oauth-and-hosted-ui.md §1.6 (/passkeys/add), §3.2, page 14.
Task<net::Response> passkey_add_page(Flow& flow, Visit visit);

}  // namespace symbolon::pages
