#pragma once

#include "pages/flow.hpp"

namespace symbolon::pages {

/// Asks a person who is signed in whether the app may have what it asks for (OpenID Connect Core §3.1.2.4).
Task<net::Response> consent_page(Flow& flow, Visit visit);

}  // namespace symbolon::pages
