#pragma once

#include "pages/flow.hpp"

/// A person's own account at a pool: where they are signed in, what apps may do, and how they prove who they are.
namespace symbolon::pages {

/// Everything on one page, whose buttons end, withdraw, switch and remove.
Task<net::Response> account_page(Flow& flow, Visit visit);
/// Another password.
Task<net::Response> account_password_page(Flow& flow, Visit visit);
/// An authenticator app.
Task<net::Response> account_app_page(Flow& flow, Visit visit);
/// The end of it.
Task<net::Response> account_delete_page(Flow& flow, Visit visit);

}  // namespace symbolon::pages
