#include "db/sqlite/collation.hpp"

#include "db/sqlite/failure.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace symbolon::db::sqlite {
namespace {

int compare_bytes(void*, int left_size, const void* left, int right_size, const void* right) {
    const int order = std::memcmp(left, right, static_cast<std::size_t>(std::min(left_size, right_size)));
    return order != 0 ? order : left_size - right_size;
}

}  // namespace

void add_collation(sqlite3* connection) {
    if (sqlite3_create_collation_v2(connection, "C", SQLITE_UTF8, nullptr, compare_bytes, nullptr) != SQLITE_OK) {
        throw_failure(connection, "register the collation C");
    }
}

}  // namespace symbolon::db::sqlite
