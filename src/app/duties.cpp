#include "app/duties.hpp"

#include "directory/cleaning.hpp"
#include "directory/deleted_groups.hpp"
#include "directory/deleted_pools.hpp"
#include "directory/import_run.hpp"
#include "directory/logout_notices.hpp"
#include "messaging/cleaning.hpp"

#include <chrono>

namespace symbolon::app {
namespace {

using namespace std::chrono_literals;

/// A step that is one transaction.
auto in_one_write(std::int64_t (*remove)(db::Transaction&, Instant, int)) {
    return [remove](directory::Claim& claim, Instant now, int limit) {
        return claim.write([remove, now, limit](db::Transaction& tx) { return remove(tx, now, limit); });
    };
}

}  // namespace

std::vector<Duty> make_duties(const DutyParts& parts) {
    const auto import = [&db = parts.db, &random = parts.random](directory::Claim& claim, Instant now, int limit) {
        return directory::do_import_step(db, random, claim, now, limit);
    };
    const auto keys_due = [rotation = parts.keys.rotation](db::Transaction& tx, Instant now) {
        return directory::any_rotation_due(tx, now, rotation);
    };
    const auto rotate = [keys = parts.keys](directory::Claim& claim, Instant now, int limit) {
        return directory::do_rotation_step(keys, claim, now, limit);
    };
    return {
        {"clean up", 10s, directory::any_expired, in_one_write(directory::remove_expired)},
        {"clean up deleted pools", 10s, directory::any_deleted, in_one_write(directory::remove_deleted)},
        {"clean up deleted groups", 10s, directory::any_deleted_groups, in_one_write(directory::remove_deleted_groups)},
        {"import users", 2s, directory::any_import_due, import},
        {"rotate keys", 60s, keys_due, rotate},
        {"tell apps of sign-outs", 2s, directory::any_notice_due, parts.tell_apps},
        {"clean up messages", 60s, messaging::any_old, in_one_write(messaging::remove_old)},
    };
}

}  // namespace symbolon::app
