#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// Refuses what cannot be meant, before a folder or a database is made. Fails: Error{invalid_parameter}, which names
/// the flag.
void check_options(const ServeOptions& options);
void check_options(const AssistantOptions& options);

}  // namespace symbolon::app
