#include "app/admin/admin.hpp"

#include "app/admin/audited.hpp"
#include "app/admin/backup.hpp"
#include "app/admin/credentials.hpp"
#include "app/admin/extensions.hpp"
#include "app/admin/input.hpp"
#include "app/admin/keys.hpp"
#include "app/admin/registration.hpp"
#include "app/admin/sessions.hpp"
#include "app/admin/transfer.hpp"
#include "app/admin/users_file.hpp"
#include "app/log_level.hpp"
#include "aws/model.hpp"

#include <boost/json/serialize.hpp>

#include <iostream>
#include <string>

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

/// What the audit log calls a command; "" for one that shows what is no secret.
std::string audited_name(const AdminOptions& options) {
    using Task = AdminOptions::Task;
    switch (options.task) {
        case Task::backup:
            return "admin backup";
        case Task::restore:
            return "admin restore";
        case Task::export_pool:
            return "admin export";
        case Task::import_pool:
            return options.discard ? "admin import --discard" : "admin import";
        case Task::create_credential:
            return "admin credentials create";
        case Task::disable_credential:
            return "admin credentials disable";
        case Task::enable_credential:
            return "admin credentials enable";
        case Task::delete_credential:
            return "admin credentials delete";
        case Task::rotate_keys:
            return "admin keys rotate";
        case Task::roll_keys:
            return "admin keys roll";
        case Task::end_sessions:
            return "admin sessions end";
        case Task::extend_pool:
            return options.file.empty() ? "" : "admin pool --set";
        case Task::extend_client:
            return options.file.empty() ? "" : "admin client --set";
        case Task::registration_token:
            return "admin registration-token";
        case Task::list_credentials:
        case Task::list_keys:
        case Task::list_sessions:
        case Task::list_logouts:
        case Task::api_model:
            return {};
    }
    return {};
}

void run_task(const AdminOptions& options, aws::AuditEntry& entry) {
    entry.key = options.key;
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
            entry.key = create_credential(options);
            return;
        case AdminOptions::Task::list_credentials:
            return list_credentials(options);
        case AdminOptions::Task::disable_credential:
            return set_credential_enabled(options, false);
        case AdminOptions::Task::enable_credential:
            return set_credential_enabled(options, true);
        case AdminOptions::Task::delete_credential:
            return delete_credential(options);
        case AdminOptions::Task::extend_client:
            return extend_client(options);
        case AdminOptions::Task::extend_pool:
            return extend_pool(options);
        case AdminOptions::Task::registration_token:
            return print_registration_token(options);
        case AdminOptions::Task::list_keys:
            return list_keys(options);
        case AdminOptions::Task::rotate_keys:
            return rotate_keys(options);
        case AdminOptions::Task::roll_keys:
            return roll_keys(options);
        case AdminOptions::Task::list_sessions:
            return list_sessions(options);
        case AdminOptions::Task::end_sessions:
            return end_sessions(options);
        case AdminOptions::Task::list_logouts:
            return list_logouts(options);
        case AdminOptions::Task::api_model:
            return print_api_model();
    }
}

}  // namespace

void administrate(const AdminOptions& options) {
    set_log_level(options.log_level);
    const auto run = [&](aws::AuditEntry& entry) { run_task(options, entry); };
    if (const auto name = audited_name(options); !name.empty()) return audited(options, name, run);
    aws::AuditEntry nowhere;
    run(nowhere);
}

}  // namespace symbolon::app
