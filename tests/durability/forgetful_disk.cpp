#include "durability/forgetful_disk.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <fstream>
#include <map>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon {
namespace {

/// What was synced, by the name of the file.
struct Synced {
    std::mutex mutex;
    std::map<std::string, std::vector<char>> files;
};

Synced* synced = nullptr;  // of the disk that lives

/// A file of the real disk, with its name. The real file's own structure lies behind it in the same allocation.
struct File {
    sqlite3_file base;
    std::string name;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* file_of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return file_of(file)->real();
}
const sqlite3_io_methods* methods(sqlite3_file* file) {
    return real(file)->pMethods;
}

int remember(File* file) {
    sqlite3_file* disk = file->real();
    sqlite3_int64 size = 0;
    if (const int code = disk->pMethods->xFileSize(disk, &size); code != SQLITE_OK) return code;
    std::vector<char> content(static_cast<std::size_t>(size));
    if (size > 0) {
        const int code = disk->pMethods->xRead(disk, content.data(), static_cast<int>(size), 0);
        if (code != SQLITE_OK) return code;
    }
    const std::lock_guard lock(synced->mutex);
    synced->files[file->name] = std::move(content);
    return SQLITE_OK;
}

int close(sqlite3_file* file) {
    const int code = methods(file)->xClose(real(file));
    file_of(file)->name.~basic_string();
    return code;
}
int read(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    return methods(file)->xRead(real(file), out, size, at);
}
int write(sqlite3_file* file, const void* in, int size, sqlite3_int64 at) {
    return methods(file)->xWrite(real(file), in, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return methods(file)->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int flags) {
    // The real disk is not asked to sync: the test is about what was asked for, and takes no time for it.
    static_cast<void>(flags);
    return remember(file_of(file));
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return methods(file)->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) {
    return methods(file)->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return methods(file)->xUnlock(real(file), level);
}
int check_reserved(sqlite3_file* file, int* out) {
    return methods(file)->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file* file, int operation, void* argument) {
    return methods(file)->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
    return methods(file)->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
    return methods(file)->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, volatile void** out) {
    return methods(file)->xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return methods(file)->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
    methods(file)->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
    return methods(file)->xShmUnmap(real(file), remove);
}
int fetch(sqlite3_file* file, sqlite3_int64 at, int size, void** out) {
    return methods(file)->xFetch(real(file), at, size, out);
}
int unfetch(sqlite3_file* file, sqlite3_int64 at, void* page) {
    return methods(file)->xUnfetch(real(file), at, page);
}

constexpr sqlite3_io_methods file_methods{
    3,         close,          read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, fetch,          unfetch};

int open(sqlite3_vfs* disk, const char* name, sqlite3_file* out, int flags, int* out_flags) {
    auto* real_disk = static_cast<sqlite3_vfs*>(disk->pAppData);
    File* file = new (out) File{{nullptr}, name == nullptr ? "" : name};
    const int code = real_disk->xOpen(real_disk, name, file->real(), flags, out_flags);
    if (file->real()->pMethods == nullptr) {
        file->name.~basic_string();  // SQLite does not close what has no methods
    } else {
        file->base.pMethods = &file_methods;
    }
    return code;
}

int remove(sqlite3_vfs* disk, const char* name, int sync_folder) {
    auto* real_disk = static_cast<sqlite3_vfs*>(disk->pAppData);
    const int code = real_disk->xDelete(real_disk, name, sync_folder);
    if (code != SQLITE_OK) return code;
    const std::lock_guard lock(synced->mutex);
    synced->files.erase(name);
    return SQLITE_OK;
}

}  // namespace

struct ForgetfulDisk::Impl {
    Synced synced_files;
    sqlite3_vfs* real_disk = sqlite3_vfs_find(nullptr);
    sqlite3_vfs disk = *real_disk;  // all but opening and deleting stays as it is
};

ForgetfulDisk::ForgetfulDisk() : impl_(std::make_unique<Impl>()) {
    if (synced != nullptr) throw std::logic_error("two forgetful disks");
    synced = &impl_->synced_files;
    impl_->disk.zName = "forgetful";
    impl_->disk.szOsFile = static_cast<int>(sizeof(File)) + impl_->real_disk->szOsFile;
    impl_->disk.pNext = nullptr;
    impl_->disk.pAppData = impl_->real_disk;
    impl_->disk.xOpen = open;
    impl_->disk.xDelete = remove;
    sqlite3_vfs_register(&impl_->disk, 1);
}

ForgetfulDisk::~ForgetfulDisk() {
    sqlite3_vfs_unregister(&impl_->disk);
    sqlite3_vfs_register(impl_->real_disk, 1);
    synced = nullptr;
}

void ForgetfulDisk::save_after_power_cut(const std::filesystem::path& folder, const std::filesystem::path& copy) const {
    const std::lock_guard lock(impl_->synced_files.mutex);
    for (const auto& [name, content] : impl_->synced_files.files) {
        const std::filesystem::path path(name);
        if (path.parent_path() != folder) continue;
        std::ofstream(copy / path.filename(), std::ios::binary)
            .write(content.data(), static_cast<std::streamsize>(content.size()));
    }
}

}  // namespace symbolon
