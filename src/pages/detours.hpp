#pragma once

#include "base/error.hpp"
#include "pages/flow.hpp"

#include <string>

/// Who proved who they are, and must do something else before they are let in.
namespace symbolon::pages {

/// True of user_not_confirmed and password_reset_required.
bool has_detour(Errc code);

/// Sends a code, and the person to the page that asks for it: to confirm the account, or to choose another password.
/// Fails: as sending a code does.
Task<net::Response> take_detour(Flow& flow, Visit visit, std::string login, Errc code);

}  // namespace symbolon::pages
