#pragma once

#include "app/options.hpp"

namespace symbolon::app {

/// `symbolon admin client …` and `symbolon admin pool …`: what a client or a pool is set to beyond the service's API,
/// as JSON. With a file its members are first replaced by those of the file, all of them. Fails: invalid_parameter,
/// invalid_json, resource_not_found.
void extend_client(const AdminOptions& options);
void extend_pool(const AdminOptions& options);

}  // namespace symbolon::app
