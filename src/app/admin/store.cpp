#include "app/admin/store.hpp"

#include "app/master_key.hpp"
#include "base/error.hpp"

#include <filesystem>

namespace symbolon::app {

Store::Store(const AdminOptions& options)
    : sealer(load_master_key(options.data, random), random),
      db(db::open(database_url(options.data, options.database))) {
    check_master_key(*db, sealer, options.data);
}

void check_data_folder(const AdminOptions& options) {
    if (!std::filesystem::is_directory(options.data))
        throw Error(Errc::invalid_parameter, "There is no folder " + options.data + ".");
}

}  // namespace symbolon::app
