#include "db/sqlite/log_index.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstddef>

namespace symbolon::db::sqlite {
namespace {

constexpr int first_region = 0;
constexpr int region_bytes = 32768;
constexpr int dont_extend = 0;
constexpr int with_shared_memory = 2;  ///< version of the methods of a file

/// Another process or a thread inside SQLite may be writing there, whom no sanitizer sees locking. What is read while
/// it is written equals no mark of before and none of after; whoever was answered a commit reads the whole of it.
[[gnu::no_sanitize("thread")]] Database::Mark copy(const volatile std::uint64_t* head) {
    Database::Mark mark{};
    for (std::size_t i = 0; i < mark.size(); ++i) mark[i] = head[i];
    std::atomic_thread_fence(std::memory_order_acquire);
    return mark;
}

}  // namespace

const volatile std::uint64_t* LogIndex::find_head() const {
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(connection_, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return nullptr;
    if (file == nullptr || file->pMethods == nullptr || file->pMethods->iVersion < with_shared_memory) return nullptr;
    // Mapped already, once a transaction has begun; this only asks where.
    volatile void* region = nullptr;
    if (file->pMethods->xShmMap(file, first_region, region_bytes, dont_extend, &region) != SQLITE_OK) return nullptr;
    return static_cast<const volatile std::uint64_t*>(region);
}

std::optional<Database::Mark> LogIndex::mark() {
    if (head_ == nullptr) head_ = find_head();
    if (head_ == nullptr) return std::nullopt;
    return copy(head_);
}

}  // namespace symbolon::db::sqlite
