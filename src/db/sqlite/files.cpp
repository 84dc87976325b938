#include "db/sqlite/files.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace symbolon::db::sqlite {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const char* doing, const fs::path& path) {
    auto why = fmt::format("Cannot {} {}: {}", doing, path.native(), std::generic_category().message(errno));
    throw Error{Errc::unavailable, why, why};
}

/// A new name is on disk once its folder has been synced.
void sync_folder(const fs::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) refuse("open", folder);
    const int code = ::fsync(file);
    ::close(file);
    if (code != 0) refuse("sync", folder);
}

void create_folders(const fs::path& folder) {
    if (fs::exists(folder)) return;
    create_folders(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) refuse("make the folder", folder);
    sync_folder(folder.parent_path());
}

}  // namespace

void create_database_file(const fs::path& path) {
    create_folders(path.parent_path());
    // O_EXCL: a file that exists is not opened, since closing it would drop the locks that this process has on it.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST) return;
    if (file < 0) refuse("make the file", path);
    ::close(file);
    sync_folder(path.parent_path());
}

TemporaryFolder::TemporaryFolder() {
    std::string name = fs::temp_directory_path() / "symbolon-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) refuse("make the folder", name);
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace symbolon::db::sqlite
