#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// `symbolon admin keys …`: the keys that sign a pool's tokens. Fails: invalid_parameter, resource_not_found.
void list_keys(const AdminOptions& options);
/// Publishes the next keys; they sign an hour later.
void rotate_keys(const AdminOptions& options);
/// Replaces the keys at once: nothing that they signed is accepted any more.
void roll_keys(const AdminOptions& options);

}  // namespace symbolon::app
