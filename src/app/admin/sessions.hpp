#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// `symbolon admin sessions …`: where a user is signed in. Fails: user_not_found, resource_not_found.
void list_sessions(const AdminOptions& options);
/// Ends one session, with those that came through it, or all of the user's.
void end_sessions(const AdminOptions& options);
/// `symbolon admin logouts`: which apps were told, lately, that somebody signed out, and what became of it.
void list_logouts(const AdminOptions& options);

}  // namespace symbolon::app
