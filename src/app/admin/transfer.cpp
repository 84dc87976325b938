#include "app/admin/transfer.hpp"

#include "app/admin/display.hpp"
#include "app/admin/store.hpp"
#include "app/private_files.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/transfer/export_pool.hpp"
#include "directory/transfer/import_pool.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace symbolon::app {
namespace {

namespace transfer = directory::transfer;
namespace fs = std::filesystem;

/// A new file of mode 0600 that is there under its name only when it is whole.
class NewFile {
public:
    explicit NewFile(fs::path path) : path_(std::move(path)), unfinished_(path_.native() + ".part") {
        if (fs::exists(path_)) throw Error(Errc::invalid_parameter, path_.native() + " exists already.");
        const int file = ::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (file < 0) throw Error(Errc::unavailable, "Cannot write " + unfinished_.native() + ".");
        ::close(file);
        out_.open(unfinished_, std::ios::binary | std::ios::app);
    }
    ~NewFile() {
        std::error_code ignored;
        fs::remove(unfinished_, ignored);
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void put(const std::string& line) {
        out_ << line << '\n';
        if (!out_) throw Error(Errc::unavailable, "Cannot write " + unfinished_.native() + ": is the disk full?");
    }
    void finish() {
        out_.close();
        const int file = ::open(unfinished_.c_str(), O_WRONLY | O_CLOEXEC);
        const bool synced = out_ && file >= 0 && ::fsync(file) == 0;
        if (file >= 0) ::close(file);
        if (!synced) throw Error(Errc::unavailable, "Cannot write " + unfinished_.native() + ".");
        fs::rename(unfinished_, path_);
    }

private:
    fs::path path_;
    fs::path unfinished_;
    std::ofstream out_;
};

}  // namespace

void export_to_file(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    NewFile file(options.file);
    Display display;
    const auto users = run(transfer::export_pool(
        *store.db, store.sealer, PoolId(options.pool), [&](const std::string& line) { file.put(line); },
        [&](std::int64_t count, std::string_view of_what) { display.show(count, of_what); }));
    file.finish();
    std::cout << "Exported " << options.pool << " with " << users << " users to " << options.file
              << ". It holds password hashes, client secrets and signing keys in clear.\n";
}

void import_from_file(const AdminOptions& options, Input& input) {
    make_private_folder(options.data);
    Store store(options);
    // What an import puts in order lies beside the database: the machine's folder for such files may be in memory.
    ::setenv("SQLITE_TMPDIR", options.data.c_str(), 0);
    const auto next = [&]() -> std::optional<std::string> {
        std::string line;
        if (!std::getline(input.stream(), line)) return std::nullopt;
        if (line.size() > transfer::max_line) throw Error(Errc::invalid_parameter, "A line of the file is too long.");
        return line;
    };
    Display display;
    const auto imported =
        run(transfer::import_pool(*store.db, store.sealer, store.claimant(), next,
                                  [&](std::int64_t count, std::string_view of_what) { display.show(count, of_what); }));
    std::cout << "Imported " << imported.pool.str() << " with " << imported.users << " users, verified.";
    if (imported.resumed_after > 0) std::cout << " Went on after " << imported.resumed_after << " users.";
    std::cout << "\n";
}

void discard_import(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    const bool was_there = run(transfer::discard_import(*store.db, store.claimant(), PoolId(options.pool)));
    std::cout << (was_there ? "Discarded the unfinished import of " : "There is no unfinished import of ")
              << options.pool << ".\n";
}

}  // namespace symbolon::app
