#include "app/admin/transfer.hpp"

#include "app/master_key.hpp"
#include "app/private_files.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"
#include "directory/transfer/export_pool.hpp"
#include "directory/transfer/import_pool.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace symbolon::app {
namespace {

namespace transfer = directory::transfer;
namespace fs = std::filesystem;

/// What a command needs of a server: its database, its master key and a name of its own.
struct Store {
    SystemClock clock;
    crypto::SystemRandom random;
    crypto::Sealer sealer;
    std::unique_ptr<db::Database> db;

    explicit Store(const AdminOptions& options)
        : sealer(load_master_key(options.data, random), random),
          db(db::open(database_url(options.data, options.database))) {}

    directory::Claimant claimant() { return {clock, directory::NodeId(random.uuid())}; }
};

/// A line on the terminal every second, over the one before.
class Display {
public:
    void show(std::int64_t count, std::string_view of_what) {
        const auto now = std::chrono::steady_clock::now();
        if (of_what != of_what_) {
            of_what_ = of_what;
            began_ = shown_ = now;
        }
        if (now - shown_ < std::chrono::seconds(1)) return;
        shown_ = now;
        const auto rate = static_cast<double>(count) / std::chrono::duration<double>(now - began_).count();
        std::cerr << count << ' ' << of_what << ", " << static_cast<std::int64_t>(rate) << ' ' << of_what << "/s\n";
    }

private:
    std::string of_what_;
    std::chrono::steady_clock::time_point began_;
    std::chrono::steady_clock::time_point shown_;
};

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
    // A mistyped folder must not become an empty server's.
    if (!fs::is_directory(options.data))
        throw Error(Errc::invalid_parameter, "There is no folder " + options.data + ".");
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

void import_from_file(const AdminOptions& options) {
    make_private_folder(options.data);
    Store store(options);
    if (options.discard) {
        const bool was_there = run(transfer::discard_import(*store.db, store.claimant(), PoolId(options.pool)));
        std::cout << (was_there ? "Discarded the unfinished import of " : "There is no unfinished import of ")
                  << options.pool << ".\n";
        return;
    }
    // What an import puts in order lies beside the database: the machine's folder for such files may be in memory.
    ::setenv("SQLITE_TMPDIR", options.data.c_str(), 0);
    if (options.file.empty()) throw Error(Errc::invalid_parameter, "--input is missing: the file of an export.");
    std::ifstream file;
    if (options.file != "-") file.open(options.file, std::ios::binary);
    std::istream& in = options.file == "-" ? std::cin : file;
    if (!in) throw Error(Errc::invalid_parameter, "Cannot read " + options.file + ".");
    const auto next = [&]() -> std::optional<std::string> {
        std::string line;
        if (!std::getline(in, line)) return std::nullopt;
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

}  // namespace symbolon::app
