#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// Prints an initial access token: whoever has it may register one client of the pool (RFC 7591 §3).
/// Fails: resource_not_found.
void print_registration_token(const AdminOptions& options);

}  // namespace symbolon::app
