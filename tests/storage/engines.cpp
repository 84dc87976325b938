#include "storage/engines.hpp"

namespace symbolon::storage {
namespace {

std::unique_ptr<db::Database> open_sqlite() {
    return db::open("sqlite::memory:");
}

}  // namespace

const std::vector<Engine>& all_engines() {
    static const std::vector<Engine> all{{"sqlite", open_sqlite}};
    return all;
}

}  // namespace symbolon::storage
