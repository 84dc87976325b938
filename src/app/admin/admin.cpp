#include "app/admin/admin.hpp"

#include "app/admin/backup.hpp"
#include "app/admin/transfer.hpp"
#include "app/log_level.hpp"

namespace symbolon::app {

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
            return import_from_file(options);
    }
}

}  // namespace symbolon::app
