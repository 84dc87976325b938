#include "app/admin/backup.hpp"

#include "app/private_files.hpp"
#include "base/error.hpp"
#include "db/backup.hpp"

#include <array>
#include <filesystem>
#include <iostream>

namespace symbolon::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* database_file = "symbolon.db";
// What a server needs beside its database. A key that came from the environment is in no file.
constexpr std::array<const char*, 2> secret_files{"master.key", "credentials"};

void copy_secrets(const fs::path& from, const fs::path& to) {
    for (const char* name : secret_files) {
        if (fs::exists(from / name)) write_private_file(to / name, read_private_file(from / name));
    }
}

}  // namespace

void back_up(const AdminOptions& options) {
    const fs::path folder = options.file;
    if (fs::exists(folder) && !fs::is_empty(folder)) {
        throw Error(Errc::invalid_parameter, options.file + " is not empty: every backup gets a folder of its own.");
    }
    make_private_folder(folder);
    db::back_up(database_url(options.data, options.database), folder / database_file);
    copy_secrets(options.data, folder);
    std::cout << "Backed up to " << options.file << ". It holds the keys of everything in it: keep it as such.\n";
    if (!fs::exists(folder / secret_files.front())) {
        std::cout << "The master key was not in the data folder (SYMBOLON_MASTER_KEY?): keep it beside the backup.\n";
    }
}

void restore(const AdminOptions& options) {
    const fs::path from = options.file;
    const fs::path to = options.data;
    if (!fs::exists(from / database_file))
        throw Error(Errc::invalid_parameter,
                    options.file + " holds no backup: there is no " + database_file + " in it.");
    db::check(from / database_file);
    if (fs::exists(to / database_file)) {
        throw Error(Errc::invalid_parameter, options.data + " has a database already: restore into a new folder.");
    }
    make_private_folder(to);
    copy_secrets(from, to);
    // The database last: a server finds it whole or not at all.
    db::back_up("sqlite:" + (from / database_file).native(), to / "symbolon.db.restoring");
    fs::rename(to / "symbolon.db.restoring", to / database_file);
    std::cout << "Restored to " << options.data << ". Start it with: symbolon serve --data " << options.data << "\n";
}

}  // namespace symbolon::app
