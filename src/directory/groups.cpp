#include "directory/groups.hpp"

#include "base/error.hpp"
#include "directory/user_rows.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_group = R"sql(
    SELECT name, group_id, description, role_arn, precedence, created_ms, modified_ms
      FROM user_groups
     WHERE pool_id = $1 AND name = $2
)sql";

constexpr std::string_view list_groups = R"sql(
    SELECT name, group_id, description, role_arn, precedence, created_ms, modified_ms
      FROM user_groups
     WHERE pool_id = $1 AND name > $2
     ORDER BY name
     LIMIT $3
)sql";

// Memberships in deleted groups may still be there: the group's id tells them from those in a new one of that name.
constexpr std::string_view list_groups_of_user = R"sql(
    SELECT g.name AS name, g.group_id AS group_id, description, role_arn, precedence, created_ms, modified_ms
      FROM groups_of_users m JOIN user_groups g ON g.pool_id = m.pool_id AND g.name = m.name
                                                AND g.group_id = m.group_id
     WHERE m.pool_id = $1 AND m.user_id = $2
     ORDER BY precedence IS NULL, precedence, g.name
     LIMIT 1000
)sql";

constexpr std::string_view count_groups = R"sql(
    SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM user_groups WHERE pool_id = $1 LIMIT $2) AS counted
)sql";

constexpr std::string_view insert_group = R"sql(
    INSERT INTO user_groups (pool_id, name, group_id, description, role_arn, precedence, created_ms, modified_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_group = R"sql(
    UPDATE user_groups SET description = $3, role_arn = $4, precedence = $5, modified_ms = $6
     WHERE pool_id = $1 AND name = $2
)sql";

constexpr std::string_view delete_group = "DELETE FROM user_groups WHERE pool_id = $1 AND name = $2";
constexpr std::string_view insert_deleted = R"sql(
    INSERT INTO deleted_groups (pool_id, group_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view insert_member = R"sql(
    INSERT INTO group_members (pool_id, group_id, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
)sql";
constexpr std::string_view insert_group_of_user = R"sql(
    INSERT INTO groups_of_users (pool_id, user_id, group_id, name) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
)sql";
constexpr std::string_view delete_member =
    "DELETE FROM group_members WHERE pool_id = $1 AND group_id = $2 AND user_id = $3";
constexpr std::string_view delete_group_of_user =
    "DELETE FROM groups_of_users WHERE pool_id = $1 AND group_id = $2 AND user_id = $3";

constexpr std::string_view list_members = R"sql(
    SELECT u.user_id AS user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa,
           tokens_from_ms, created_ms, modified_ms, version
      FROM group_members m JOIN users u ON u.pool_id = m.pool_id AND u.user_id = m.user_id
     WHERE m.pool_id = $1 AND m.group_id = $2 AND m.user_id > $3
     ORDER BY m.user_id
     LIMIT $4
)sql";

struct GroupRow {
    std::string name;
    std::string group_id;
    std::optional<std::string> description;
    std::optional<std::string> role_arn;
    std::optional<std::int64_t> precedence;
    Instant created_ms{};
    Instant modified_ms{};
};
BOOST_DESCRIBE_STRUCT(GroupRow, (), (name, group_id, description, role_arn, precedence, created_ms, modified_ms))

struct TotalRow {
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(TotalRow, (), (total))

Group to_group(const PoolId& pool, GroupRow row) {
    return {.pool_id = pool,
            .name = std::move(row.name),
            .id = std::move(row.group_id),
            .description = std::move(row.description),
            .role_arn = std::move(row.role_arn),
            .precedence = row.precedence,
            .created = row.created_ms,
            .modified = row.modified_ms};
}

[[noreturn]] void throw_unknown() {
    throw Error(Errc::resource_not_found, "Group not found.");
}

}  // namespace

std::optional<Group> Groups::find(const PoolId& pool, const std::string& name) {
    auto row = tx_.row<GroupRow>(find_group, pool, name);
    if (!row) return std::nullopt;
    return to_group(pool, std::move(*row));
}

Group Groups::get(const PoolId& pool, const std::string& name) {
    auto group = find(pool, name);
    if (!group) throw_unknown();
    return std::move(*group);
}

void Groups::insert(const Group& group) {
    const auto inserted = tx_.execute(insert_group, group.pool_id, group.name, group.id, group.description,
                                      group.role_arn, group.precedence, group.created, group.modified);
    if (inserted != 1) throw Error(Errc::group_exists, "A group with the name already exists.");
}

void Groups::create(const Group& group) {
    insert(group);
    const auto limit = static_cast<std::int64_t>(most_of_a_pool);
    if (tx_.row<TotalRow>(count_groups, group.pool_id, limit + 1)->total > limit)
        throw Error(Errc::limit_exceeded, "A user pool can have at most 10000 groups.");
}

void Groups::save(const Group& group) {
    const auto updated = tx_.execute(update_group, group.pool_id, group.name, group.description, group.role_arn,
                                     group.precedence, group.modified);
    if (updated != 1) throw_unknown();
}

void Groups::erase(const PoolId& pool, const std::string& name) {
    const Group group = get(pool, name);
    tx_.execute(delete_group, pool, name);
    tx_.execute(insert_deleted, pool, group.id);
}

std::vector<Group> Groups::list(const PoolId& pool, const std::string& after, int limit) {
    std::vector<Group> groups;
    for (GroupRow& row : tx_.rows<GroupRow>(list_groups, pool, after, limit))
        groups.push_back(to_group(pool, std::move(row)));
    return groups;
}

void Groups::add(const Group& group, const UserId& user) {
    if (tx_.execute(insert_member, group.pool_id, group.id, user) != 1) return;
    tx_.execute(insert_group_of_user, group.pool_id, user, group.id, group.name);
    if (of_user(group.pool_id, user).size() > most_of_a_user)
        throw Error(Errc::limit_exceeded, "A user can be in at most 100 groups.");
}

void Groups::remove(const Group& group, const UserId& user) {
    tx_.execute(delete_member, group.pool_id, group.id, user);
    tx_.execute(delete_group_of_user, group.pool_id, group.id, user);
}

std::vector<User> Groups::members(const Group& group, const UserId& after, int limit) {
    std::vector<User> users;
    for (UserRow& row : tx_.rows<UserRow>(list_members, group.pool_id, group.id, after, limit))
        users.push_back(to_user(group.pool_id, std::move(row)));
    return users;
}

std::vector<Group> Groups::of_user(const PoolId& pool, const UserId& user) {
    std::vector<Group> groups;
    for (GroupRow& row : tx_.rows<GroupRow>(list_groups_of_user, pool, user))
        groups.push_back(to_group(pool, std::move(row)));
    return groups;
}

std::optional<std::string> preferred_role(const std::vector<Group>& of_user) {
    const Group* first = nullptr;
    for (const Group& group : of_user) {
        if (!group.role_arn) continue;
        if (first == nullptr) {
            first = &group;
        } else if (group.precedence == first->precedence && group.role_arn != first->role_arn) {
            return std::nullopt;
        }
    }
    if (first == nullptr) return std::nullopt;
    return first->role_arn;
}

std::vector<std::string> roles(const std::vector<Group>& of_user) {
    std::vector<std::string> out;
    for (const Group& group : of_user)
        if (group.role_arn && std::find(out.begin(), out.end(), *group.role_arn) == out.end())
            out.push_back(*group.role_arn);
    return out;
}

}  // namespace symbolon::directory
