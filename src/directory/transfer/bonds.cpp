#include "directory/transfer/bonds.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

constexpr std::string_view memberships_between = R"sql(
    SELECT user_id, group_id, name
      FROM groups_of_users
     WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
     ORDER BY user_id, group_id
)sql";

constexpr std::string_view links_between = R"sql(
    SELECT user_id, name_key, attribute, value, linked_ms
      FROM identities_of_users
     WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
     ORDER BY user_id, name_key, attribute, value
)sql";

constexpr std::string_view insert_member = "INSERT INTO group_members (pool_id, group_id, user_id) VALUES ($1, $2, $3)";
constexpr std::string_view insert_group_of_user =
    "INSERT INTO groups_of_users (pool_id, user_id, group_id, name) VALUES ($1, $2, $3, $4)";
constexpr std::string_view insert_link = R"sql(
    INSERT INTO linked_identities (pool_id, name_key, attribute, value, user_id) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
)sql";
constexpr std::string_view insert_link_of_user = R"sql(
    INSERT INTO identities_of_users (pool_id, user_id, name_key, attribute, value, linked_ms)
    VALUES ($1, $2, $3, $4, $5, $6)
)sql";

constexpr std::array<std::string_view, 4> remove_rows{
    R"sql(DELETE FROM group_members WHERE pool_id = $1 AND (group_id, user_id) IN
          (SELECT group_id, user_id FROM group_members WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM groups_of_users WHERE pool_id = $1 AND (user_id, group_id) IN
          (SELECT user_id, group_id FROM groups_of_users WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM linked_identities WHERE pool_id = $1 AND (name_key, attribute, value) IN
          (SELECT name_key, attribute, value FROM linked_identities WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM identities_of_users WHERE pool_id = $1 AND (user_id, name_key, attribute, value) IN
          (SELECT user_id, name_key, attribute, value FROM identities_of_users WHERE pool_id = $1 LIMIT $2))sql",
};

struct MembershipRow {
    UserId user_id;
    std::string group_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(MembershipRow, (), (user_id, group_id, name))

struct LinkRow {
    UserId user_id;
    std::string name_key;
    std::string attribute;
    std::string value;
    Instant linked_ms{};
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (user_id, name_key, attribute, value, linked_ms))

const std::string& id_of(const GroupIds& groups, const std::string& name) {
    const auto found = groups.find(name);
    if (found == groups.end())
        throw Error(Errc::invalid_parameter, "A user of the file is in the group " + name + ", which is not there.");
    return found->second;
}

void store_groups(db::Transaction& tx, const PoolId& pool, const Bonds& bonds, const GroupIds& groups) {
    for (const auto& name : bonds.groups) {
        const auto& id = id_of(groups, name);
        tx.execute(insert_member, pool, id, bonds.user);
        tx.execute(insert_group_of_user, pool, bonds.user, id, name);
    }
}

void store_links(db::Transaction& tx, const PoolId& pool, const Bonds& bonds) {
    for (const auto& link : bonds.links) {
        if (tx.execute(insert_link, pool, link.provider_key, link.attribute, link.value, bonds.user) != 1)
            throw Error(Errc::invalid_parameter, "Two users of the file are linked to the same identity.");
        tx.execute(insert_link_of_user, pool, bonds.user, link.provider_key, link.attribute, link.value,
                   link.linked_ms);
    }
}

}  // namespace

GroupRecord to_record(const Group& group) {
    return {group.id,         group.name,           group.description,    group.role_arn,
            group.precedence, to_ms(group.created), to_ms(group.modified)};
}

Group to_group(const PoolId& pool, GroupRecord record) {
    return {.pool_id = pool,
            .name = std::move(record.name),
            .id = std::move(record.group_id),
            .description = std::move(record.description),
            .role_arn = std::move(record.role_arn),
            .precedence = record.precedence,
            .created = from_ms(record.created_ms),
            .modified = from_ms(record.modified_ms)};
}

ProviderRecord to_record(const IdentityProvider& provider) {
    return {provider.name,        provider.type,        provider.details,        provider.attribute_mapping,
            provider.identifiers, provider.acr_mapping, to_ms(provider.created), to_ms(provider.modified)};
}

IdentityProvider to_provider(const PoolId& pool, ProviderRecord record) {
    return {.pool_id = pool,
            .name = std::move(record.name),
            .type = record.type,
            .details = std::move(record.details),
            .attribute_mapping = std::move(record.attribute_mapping),
            .identifiers = std::move(record.identifiers),
            .acr_mapping = std::move(record.acr_mapping),
            .created = from_ms(record.created_ms),
            .modified = from_ms(record.modified_ms)};
}

std::map<UserId, Bonds> read_bonds(db::Transaction& tx, const PoolId& pool, const std::string& after,
                                   const std::string& last, const GroupIds& groups) {
    std::map<UserId, Bonds> all;
    for (MembershipRow& row : tx.rows<MembershipRow>(memberships_between, pool, after, last)) {
        const auto known = groups.find(row.name);
        if (known == groups.end() || known->second != row.group_id) continue;  // of a deleted group
        all[row.user_id].groups.push_back(std::move(row.name));
    }
    for (LinkRow& row : tx.rows<LinkRow>(links_between, pool, after, last))
        all[row.user_id].links.push_back(
            {std::move(row.name_key), std::move(row.attribute), std::move(row.value), to_ms(row.linked_ms)});
    for (auto& [user, bonds] : all) bonds.user = user;
    return all;
}

void store_bonds(db::Transaction& tx, const PoolId& pool, const std::vector<Bonds>& all, const GroupIds& groups) {
    for (const Bonds& bonds : all) {
        store_groups(tx, pool, bonds, groups);
        store_links(tx, pool, bonds);
    }
}

std::int64_t remove_bonds(db::Transaction& tx, const PoolId& pool, int limit) {
    std::int64_t most = 0;
    for (const std::string_view statement : remove_rows) most = std::max(most, tx.execute(statement, pool, limit));
    return most;
}

}  // namespace symbolon::directory::transfer
