#include "app/admin/users_file.hpp"

#include "app/admin/display.hpp"
#include "app/admin/store.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/transfer/import_users.hpp"

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

namespace symbolon::app {

namespace transfer = directory::transfer;

void import_users_from_file(const AdminOptions& options, Input& input) {
    if (options.pool.empty())
        throw Error(
            Errc::invalid_parameter,
            "This is not an export of a pool. If it is a CSV file of users, --pool says which pool they go to.");
    check_data_folder(options);
    const auto refuse = [](std::size_t line, const std::string& reason) {
        std::cerr << "line " << line << ": " << reason << "\n";
    };
    Store store(options);
    Display display;
    const auto done = run(transfer::import_users(
        *store.db, store.random, PoolId(options.pool), [&](std::span<char> block) { return input.read(block); },
        SystemClock().now(), refuse,
        [&](std::int64_t count, std::string_view of_what) { display.show(count, of_what); }));
    std::cout << "Imported " << done.imported << " users into " << options.pool << ". " << done.present
              << " were there already, " << done.refused << " rows were refused.\n";
    if (done.refused > 0)
        throw Error(Errc::invalid_parameter,
                    std::to_string(done.refused) + " rows were refused, for the reasons above.");
}

}  // namespace symbolon::app
