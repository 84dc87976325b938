#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

/// A group of users. Its name is for people and never changes; its id is never used again, so that nobody is a member
/// of a group because he was one of a deleted group of that name.
struct Group {
    PoolId pool_id;
    std::string name;
    std::string id;
    std::optional<std::string> description;
    std::optional<std::string> role_arn;
    std::optional<std::int64_t> precedence;  ///< the lower, the more important
    Instant created{};
    Instant modified{};
};

/// Groups and who is in them. A group may have millions of members, a user is in 100 groups at most.
/// Spec: cognito-api §2.6, §4.8.
class Groups {
public:
    static constexpr std::size_t most_of_a_user = 100;
    static constexpr std::size_t most_of_a_pool = 10'000;

    explicit Groups(db::Transaction& tx) : tx_(tx) {}

    std::optional<Group> find(const PoolId& pool, const std::string& name);
    /// Fails: resource_not_found "Group not found."
    Group get(const PoolId& pool, const std::string& name);
    /// Fails: group_exists, limit_exceeded (too many groups in the pool).
    void create(const Group& group);
    /// The same without counting the others, for whoever brings many. Fails: group_exists.
    void insert(const Group& group);
    /// Saves all but name, id and creation. Fails: resource_not_found.
    void save(const Group& group);
    /// Deletes the group; who was in it is in it no more, though the rows that say so go in steps (deleted_groups.hpp).
    /// Fails: resource_not_found.
    void erase(const PoolId& pool, const std::string& name);
    /// In order of name, after the given one ("" : from the start).
    std::vector<Group> list(const PoolId& pool, const std::string& after, int limit);

    /// Adds a user who exists; nothing happens when he is in it. Fails: limit_exceeded (in too many groups).
    void add(const Group& group, const UserId& user);
    /// Nothing happens when the user is not in it.
    void remove(const Group& group, const UserId& user);
    /// Users of the group in order of the sub, after the given one.
    std::vector<User> members(const Group& group, const UserId& after, int limit);
    /// The groups of a user, the most important first: by precedence (none: last), then by name.
    std::vector<Group> of_user(const PoolId& pool, const UserId& user);

private:
    db::Transaction& tx_;
};

/// The role of the most important of a user's groups (as of_user gives them) that has a role; nothing when none has,
/// or when groups of that same precedence have different roles. Spec: cognito-api §4.8 (cognito:preferred_role).
std::optional<std::string> preferred_role(const std::vector<Group>& of_user);
/// Every role of a user's groups, each once, in their order (cognito:roles).
std::vector<std::string> roles(const std::vector<Group>& of_user);

}  // namespace symbolon::directory
