#pragma once

#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/groups.hpp"
#include "directory/identity_providers.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Groups and identity providers of a pool as lines of their own, and what ties users to them as parts of the users'
/// lines (records.hpp).
namespace symbolon::directory::transfer {

struct GroupRecord {
    std::string group_id;
    std::string name;
    std::optional<std::string> description;
    std::optional<std::string> role_arn;
    std::optional<std::int64_t> precedence;
    std::int64_t created_ms = 0;
    std::int64_t modified_ms = 0;
};
BOOST_DESCRIBE_STRUCT(GroupRecord, (), (group_id, name, description, role_arn, precedence, created_ms, modified_ms))

struct ProviderRecord {
    std::string name;
    IdentityProviderTypeType type{};
    ProviderMap details;
    ProviderMap attribute_mapping;
    std::vector<std::string> identifiers;
    ProviderMap acr_mapping;
    std::int64_t created_ms = 0;
    std::int64_t modified_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ProviderRecord, (),
                      (name, type, details, attribute_mapping, identifiers, acr_mapping, created_ms, modified_ms))

struct LinkRecord {
    std::string provider_key;
    std::string attribute;
    std::string value;
    std::int64_t linked_ms = 0;
};
BOOST_DESCRIBE_STRUCT(LinkRecord, (), (provider_key, attribute, value, linked_ms))

/// What ties a user to groups and providers.
struct Bonds {
    UserId user;
    std::vector<std::string> groups;  ///< names
    std::vector<LinkRecord> links;
};

GroupRecord to_record(const Group& group);
Group to_group(const PoolId& pool, GroupRecord record);
ProviderRecord to_record(const IdentityProvider& provider);
IdentityProvider to_provider(const PoolId& pool, ProviderRecord record);

/// A group's id by its name.
using GroupIds = std::map<std::string, std::string>;

/// The bonds of the users after `after` and up to `last`, to the groups of `groups` alone. Users without any are left
/// out.
std::map<UserId, Bonds> read_bonds(db::Transaction& tx, const PoolId& pool, const std::string& after,
                                   const std::string& last, const GroupIds& groups);
/// Stores the bonds of users who have none. Fails: invalid_parameter (a group that is not in `groups`, an identity that
/// is somebody else's).
void store_bonds(db::Transaction& tx, const PoolId& pool, const std::vector<Bonds>& all, const GroupIds& groups);
/// Removes up to `limit` rows of each kind, of a pool that is not there. Returns the most of one kind.
std::int64_t remove_bonds(db::Transaction& tx, const PoolId& pool, int limit);

}  // namespace symbolon::directory::transfer
