#include "directory/deleted_groups.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_deleted = R"sql(
    SELECT pool_id, group_id FROM deleted_groups ORDER BY pool_id, group_id LIMIT 1
)sql";

// The same members in both tables: those that come first in the group's.
constexpr std::string_view remove_groups_of_users = R"sql(
    DELETE FROM groups_of_users WHERE pool_id = $1 AND group_id = $2 AND user_id IN
           (SELECT user_id FROM group_members WHERE pool_id = $1 AND group_id = $2 ORDER BY user_id LIMIT $3)
)sql";
constexpr std::string_view remove_members = R"sql(
    DELETE FROM group_members WHERE pool_id = $1 AND group_id = $2 AND user_id IN
           (SELECT user_id FROM group_members WHERE pool_id = $1 AND group_id = $2 ORDER BY user_id LIMIT $3)
)sql";

constexpr std::string_view forget_deleted = "DELETE FROM deleted_groups WHERE pool_id = $1 AND group_id = $2";

struct DeletedRow {
    std::string pool_id;
    std::string group_id;
};
BOOST_DESCRIBE_STRUCT(DeletedRow, (), (pool_id, group_id))

}  // namespace

bool any_deleted_groups(db::Transaction& tx, Instant /*now*/) {
    return tx.row<DeletedRow>(find_deleted).has_value();
}

std::int64_t remove_deleted_groups(db::Transaction& tx, Instant /*now*/, int limit) {
    const auto row = tx.row<DeletedRow>(find_deleted);
    if (!row) return 0;
    tx.execute(remove_groups_of_users, row->pool_id, row->group_id, limit);
    const auto removed = tx.execute(remove_members, row->pool_id, row->group_id, limit);
    if (removed < limit) tx.execute(forget_deleted, row->pool_id, row->group_id);
    return removed;
}

}  // namespace symbolon::directory
