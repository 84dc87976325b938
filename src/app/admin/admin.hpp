#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// `symbolon admin …`: does one thing to the data of a server, which may be running, and says on standard output what
/// was done. Fails: Error (what cannot be done, in words for the person at the terminal).
void administrate(const AdminOptions& options);

}  // namespace symbolon::app
