#include "app/admin/admin.hpp"

#include "app/admin/backup.hpp"
#include "app/admin/input.hpp"
#include "app/admin/transfer.hpp"
#include "app/admin/users_file.hpp"
#include "app/log_level.hpp"

namespace symbolon::app {
namespace {

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
    }
}

}  // namespace symbolon::app
