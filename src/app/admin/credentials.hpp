#pragma once

#include "app/options.hpp"

#include <string>

namespace symbolon::app {

/// `symbolon admin credentials …`: access keys of administrators. Fails: invalid_parameter, resource_not_found.
/// Makes one and shows its secret, once. Returns its id.
std::string create_credential(const AdminOptions& options);
void list_credentials(const AdminOptions& options);
void set_credential_enabled(const AdminOptions& options, bool enabled);
void delete_credential(const AdminOptions& options);

}  // namespace symbolon::app
