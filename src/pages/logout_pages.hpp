#pragma once

#include "pages/flow.hpp"

namespace symbolon::pages {

/// Asks whether the person wants to sign out, when no app has shown that it may say so (RP-Initiated Logout 1.0 §2).
Task<net::Response> logout_confirm_page(Flow& flow, Visit visit);
/// Lets apps hear in the browser that the person signed out (Front-Channel Logout 1.0 §2), and goes on.
Task<net::Response> logout_apps_page(Flow& flow, Visit visit);

}  // namespace symbolon::pages
