#include "aws/operations/groups.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/groups.hpp"
#include "directory/pools.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

GroupType describe(const directory::Group& group) {
    return {.GroupName = group.name,
            .UserPoolId = group.pool_id.str(),
            .Description = group.description,
            .RoleArn = group.role_arn,
            .Precedence = group.precedence,
            .LastModifiedDate = group.modified,
            .CreationDate = group.created};
}

UserType describe(const directory::User& user) {
    UserType out;
    out.Username = user.username;
    out.Attributes = to_list(user);
    out.UserCreateDate = user.created;
    out.UserLastModifiedDate = user.modified;
    out.Enabled = user.enabled;
    out.UserStatus = user.status;
    return out;
}

void apply(directory::Group& group, const GroupChange& in) {
    if (in.Description) group.description = in.Description->str();
    if (in.RoleArn) group.role_arn = in.RoleArn->str();
    if (in.Precedence) group.precedence = in.Precedence->get();
}

/// A text in whose order a user's groups are listed.
std::string place_of(const directory::Group& group) {
    return (group.precedence ? fmt::format("{:010}", *group.precedence) : "~") + group.name;
}

struct Membership {
    directory::Group group;
    directory::User user;
};

Membership get_membership(Scope& scope, const MembershipRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    auto user = directory::Users(scope.tx).get_by_login(pool, in.Username.str());
    return {directory::Groups(scope.tx).get(pool.id, in.GroupName.str()), std::move(user)};
}

}  // namespace

GroupResponse create_group(Scope scope, const GroupChange& in) {
    directory::Group group;
    group.pool_id = get_pool(scope, in.UserPoolId).id;
    group.name = in.GroupName.str();
    group.id = scope.context.services.random.token(12);
    group.created = group.modified = scope.now;
    apply(group, in);
    directory::Groups(scope.tx).create(group);
    return {describe(group)};
}

GroupResponse get_group(Scope scope, const GroupRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    return {describe(directory::Groups(scope.tx).get(pool.id, in.GroupName.str()))};
}

GroupResponse update_group(Scope scope, const GroupChange& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::Groups groups(scope.tx);
    auto group = groups.get(pool.id, in.GroupName.str());
    apply(group, in);
    group.modified = scope.now;
    groups.save(group);
    return {describe(group)};
}

NoBody delete_group(Scope scope, const GroupRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::Groups(scope.tx).erase(pool.id, in.GroupName.str());
    return {};
}

GroupsResponse list_groups(Scope scope, const ListGroupsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const ListPage page(scope, "ListGroups|" + pool.id.str(), in.NextToken, in.Limit);
    auto groups = directory::Groups(scope.tx).list(pool.id, page.after(), page.reads());
    GroupsResponse out;
    out.NextToken = page.cut(groups, &directory::Group::name);
    for (const auto& group : groups) out.Groups.push_back(describe(group));
    return out;
}

ListUsersInGroupResponse list_users_in_group(Scope scope, const ListUsersInGroupRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::Groups groups(scope.tx);
    const auto group = groups.get(pool.id, in.GroupName.str());
    const ListPage page(scope, "ListUsersInGroup|" + pool.id.str() + "|" + group.id, in.NextToken, in.Limit);
    auto users = groups.members(group, UserId(page.after()), page.reads());
    ListUsersInGroupResponse out;
    out.NextToken = page.cut(users, [](const auto& last) { return last.id.str(); });
    for (const auto& user : users) out.Users.push_back(describe(user));
    return out;
}

NoBody admin_add_user_to_group(Scope scope, const MembershipRequest& in) {
    const auto membership = get_membership(scope, in);
    directory::Groups(scope.tx).add(membership.group, membership.user.id);
    return {};
}

NoBody admin_remove_user_from_group(Scope scope, const MembershipRequest& in) {
    const auto membership = get_membership(scope, in);
    directory::Groups(scope.tx).remove(membership.group, membership.user.id);
    return {};
}

GroupsResponse admin_list_groups_for_user(Scope scope, const AdminListGroupsForUserRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto user = directory::Users(scope.tx).get_by_login(pool, in.Username.str());
    const ListPage page(scope, "AdminListGroupsForUser|" + pool.id.str() + "|" + user.id.str(), in.NextToken, in.Limit);
    auto groups = directory::Groups(scope.tx).of_user(pool.id, user.id);
    std::erase_if(groups, [&](const auto& group) { return place_of(group) <= page.after(); });
    GroupsResponse out;
    out.NextToken = page.cut(groups, place_of);
    for (const auto& group : groups) out.Groups.push_back(describe(group));
    return out;
}

std::span<const Operation> group_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_group, writes>("CreateGroup", administrator),
        operation<get_group, reads>("GetGroup", administrator),
        operation<update_group, writes>("UpdateGroup", administrator),
        operation<delete_group, writes>("DeleteGroup", administrator),
        operation<list_groups, reads>("ListGroups", administrator),
        operation<list_users_in_group, reads>("ListUsersInGroup", administrator),
        operation<admin_add_user_to_group, writes>("AdminAddUserToGroup", administrator),
        operation<admin_remove_user_from_group, writes>("AdminRemoveUserFromGroup", administrator),
        operation<admin_list_groups_for_user, reads>("AdminListGroupsForUser", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
