#include "db/sqlite/mapped_files.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

namespace symbolon::db::sqlite {
namespace {

constexpr const char* vfs_name = "symbolon-mapped";

constexpr std::int64_t least_reach = std::int64_t{64} << 30;  // of addresses, not of memory
constexpr int room_to_grow = 4;                               // times the size when it was opened

/// A file of the process, as long as a connection has it open.
struct MappedFile {
    int descriptor = -1;
    const std::byte* begin = nullptr;
    std::int64_t reach = 0;
    int connections = 0;
};

using FileId = std::pair<dev_t, ino_t>;

class MappedFiles {
public:
    /// Null when it cannot be mapped; its pages are read then.
    MappedFile* open(const char* path) {
        struct stat facts{};
        if (::stat(path, &facts) != 0) return nullptr;
        const std::lock_guard lock(mutex_);
        auto& file = files_[{facts.st_dev, facts.st_ino}];
        if (file.connections++ == 0) map(file, path, facts.st_size);
        return &file;
    }

    void close(const MappedFile* file) {
        const std::lock_guard lock(mutex_);
        const auto found = std::ranges::find_if(files_, [file](const auto& one) { return &one.second == file; });
        if (--found->second.connections > 0) return;
        if (file->begin != nullptr)
            ::munmap(const_cast<std::byte*>(file->begin), static_cast<std::size_t>(file->reach));
        if (file->descriptor >= 0) ::close(file->descriptor);
        files_.erase(found);
    }

private:
    static void map(MappedFile& file, const char* path, std::int64_t size) {
        file.descriptor = ::open(path, O_RDONLY | O_CLOEXEC);
        if (file.descriptor < 0) return;
        const auto reach = std::max(least_reach, size * room_to_grow);
        const auto length = static_cast<std::size_t>(reach);
        void* begin = ::mmap(nullptr, length, PROT_READ, MAP_SHARED | MAP_NORESERVE, file.descriptor, 0);
        if (begin == MAP_FAILED) return;
        // Users are looked up in no order: what lies around a page is not wanted with it.
        ::madvise(begin, length, MADV_RANDOM);
        file.begin = static_cast<const std::byte*>(begin);
        file.reach = reach;
    }

    std::mutex mutex_;
    std::map<FileId, MappedFile> files_;
};

MappedFiles& files() {
    static MappedFiles all;
    return all;
}

/// What lies behind SQLite's own part of an open file.
struct Extension {
    const sqlite3_io_methods* methods = nullptr;  ///< of the default way
    MappedFile* mapped = nullptr;
    std::int64_t size = 0;  ///< of the file when this connection last asked
};

sqlite3_vfs* default_vfs = nullptr;

Extension& extension_of(sqlite3_file* file) {
    auto* bytes = reinterpret_cast<std::byte*>(file);
    return *reinterpret_cast<Extension*>(bytes + default_vfs->szOsFile);
}

int close_file(sqlite3_file* file) {
    const Extension extension = extension_of(file);
    const int code = extension.methods->xClose(file);
    files().close(extension.mapped);  // after it: see mapped_files.hpp
    return code;
}

/// `*page` is null when the page is to be read instead.
int fetch(sqlite3_file* file, sqlite3_int64 offset, int bytes, void** page) {
    Extension& extension = extension_of(file);
    const std::int64_t end = offset + bytes;
    *page = nullptr;
    if (end > extension.mapped->reach) return SQLITE_OK;
    if (end > extension.size) {
        struct stat facts{};
        if (::fstat(extension.mapped->descriptor, &facts) != 0) return SQLITE_OK;
        extension.size = facts.st_size;
    }
    if (end <= extension.size) *page = const_cast<std::byte*>(extension.mapped->begin) + offset;
    return SQLITE_OK;
}

/// Without a page: the file may have another size now.
int unfetch(sqlite3_file* file, sqlite3_int64 /*offset*/, void* page) {
    if (page == nullptr) extension_of(file).size = 0;
    return SQLITE_OK;
}

/// The default way's methods of a database file but for ours. All files of a platform have the same ones.
const sqlite3_io_methods* with_ours(const sqlite3_io_methods& methods) {
    static const sqlite3_io_methods ours = [&] {
        auto changed = methods;
        changed.xClose = close_file;
        changed.xFetch = fetch;
        changed.xUnfetch = unfetch;
        return changed;
    }();
    return &ours;
}

int open_file(sqlite3_vfs* /*vfs*/, sqlite3_filename path, sqlite3_file* file, int flags, int* given_flags) {
    constexpr int with_fetch = 3;  // the version of the methods
    MappedFile* mapped = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? files().open(path) : nullptr;
    const int code = default_vfs->xOpen(default_vfs, path, file, flags, given_flags);
    if (mapped == nullptr) return code;
    if (code != SQLITE_OK || file->pMethods == nullptr || file->pMethods->iVersion < with_fetch) {
        files().close(mapped);
        return code;
    }
    extension_of(file) = {.methods = file->pMethods, .mapped = mapped};
    file->pMethods = with_ours(*file->pMethods);
    return code;
}

}  // namespace

const char* mapped_files() {
    static const bool registered = [] {
        default_vfs = sqlite3_vfs_find(nullptr);
        static sqlite3_vfs vfs = *default_vfs;
        vfs.szOsFile += static_cast<int>(sizeof(Extension));
        vfs.zName = vfs_name;
        vfs.pNext = nullptr;
        vfs.xOpen = open_file;
        return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    }();
    return registered ? vfs_name : nullptr;
}

}  // namespace symbolon::db::sqlite
