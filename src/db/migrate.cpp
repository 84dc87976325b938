#include "db/migrate.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace symbolon::db {
namespace {

[[noreturn]] void refuse(const std::string& why) {
    throw Error{Errc::unavailable, why, why};
}

}  // namespace

std::span<const Migration> find_pending_migrations(std::span<const Migration> known,
                                                   const std::vector<AppliedMigration>& applied) {
    if (applied.size() > known.size()) {
        refuse(
            fmt::format("The database has migration {} ({}), this program knows {}: it was used by a newer version. "
                        "Run that version, or restore a backup.",
                        applied.back().number, applied.back().name, known.size()));
    }
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const auto& done = applied[i];
        const auto& ours = known[i];
        if (done.number != ours.number || done.name != ours.name || done.checksum != ours.checksum) {
            refuse(
                fmt::format("Migration {} ({}) of the database differs from migration {} ({}) of this program. The "
                            "database was made by a program that was never released; use it with that, or a new one.",
                            done.number, done.name, ours.number, ours.name));
        }
    }
    return known.subspan(applied.size());
}

}  // namespace symbolon::db
