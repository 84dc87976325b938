#include "app/admin/admin.hpp"

#include "app/admin/backup.hpp"
#include "app/admin/credentials.hpp"
#include "app/admin/input.hpp"
#include "app/admin/transfer.hpp"
#include "app/admin/users_file.hpp"
#include "app/log_level.hpp"
#include "aws/model.hpp"

#include <boost/json/serialize.hpp>

#include <iostream>

namespace symbolon::app {
namespace {

/// For tests and tools that compare the API with the service's.
void print_api_model() {
    std::cout << boost::json::serialize(aws::describe_api()) << std::endl;
}

void import(const AdminOptions& options) {
    if (options.discard) return discard_import(options);
    Input input(options.file);
    if (input.is_export()) return import_from_file(options, input);
    import_users_from_file(options, input);
}

}  // namespace

void administrate(const AdminOptions& options) {
    set_log_level(options.log_level);
    switch (options.task) {
        case AdminOptions::Task::backup:
            return back_up(options);
        case AdminOptions::Task::restore:
            return restore(options);
        case AdminOptions::Task::export_pool:
            return export_to_file(options);
        case AdminOptions::Task::import_pool:
            return import(options);
        case AdminOptions::Task::create_credential:
            return create_credential(options);
        case AdminOptions::Task::list_credentials:
            return list_credentials(options);
        case AdminOptions::Task::disable_credential:
            return set_credential_enabled(options, false);
        case AdminOptions::Task::enable_credential:
            return set_credential_enabled(options, true);
        case AdminOptions::Task::delete_credential:
            return delete_credential(options);
        case AdminOptions::Task::api_model:
            return print_api_model();
    }
}

}  // namespace symbolon::app
