#pragma once

#include "aws/operation.hpp"
#include "aws/operations/users.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on groups of users (cognito-api.md §2.6, §4.8).
namespace symbolon::aws {

/// CreateGroup and UpdateGroup.
struct GroupChange {
    shape::GroupName GroupName;
    shape::UserPoolId UserPoolId;
    std::optional<shape::Description> Description;
    std::optional<shape::Arn> RoleArn;
    std::optional<shape::Precedence> Precedence;
};
BOOST_DESCRIBE_STRUCT(GroupChange, (), (GroupName, UserPoolId, Description, RoleArn, Precedence))

struct GroupType {
    std::string GroupName;
    std::string UserPoolId;
    std::optional<std::string> Description;
    std::optional<std::string> RoleArn;
    std::optional<std::int64_t> Precedence;
    Timestamp LastModifiedDate;
    Timestamp CreationDate;
};
BOOST_DESCRIBE_STRUCT(GroupType, (),
                      (GroupName, UserPoolId, Description, RoleArn, Precedence, LastModifiedDate, CreationDate))

struct GroupResponse {
    GroupType Group;
};
BOOST_DESCRIBE_STRUCT(GroupResponse, (), (Group))

struct GroupRequest {
    shape::GroupName GroupName;
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(GroupRequest, (), (GroupName, UserPoolId))

struct ListGroupsRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::QueryLimitOrZero> Limit;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListGroupsRequest, (), (UserPoolId, Limit, NextToken))

struct GroupsResponse {
    std::vector<GroupType> Groups;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(GroupsResponse, (), (Groups, NextToken))

struct ListUsersInGroupRequest {
    shape::UserPoolId UserPoolId;
    shape::GroupName GroupName;
    std::optional<shape::QueryLimitOrZero> Limit;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUsersInGroupRequest, (), (UserPoolId, GroupName, Limit, NextToken))

struct ListUsersInGroupResponse {
    std::vector<UserType> Users;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUsersInGroupResponse, (), (Users, NextToken))

/// AdminAddUserToGroup and AdminRemoveUserFromGroup.
struct MembershipRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    shape::GroupName GroupName;
};
BOOST_DESCRIBE_STRUCT(MembershipRequest, (), (UserPoolId, Username, GroupName))

struct AdminListGroupsForUserRequest {
    shape::Username Username;
    shape::UserPoolId UserPoolId;
    std::optional<shape::QueryLimitOrZero> Limit;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(AdminListGroupsForUserRequest, (), (Username, UserPoolId, Limit, NextToken))

/// Fails, this and all below: resource_not_found; this one also group_exists, limit_exceeded.
GroupResponse create_group(Scope scope, const GroupChange& in);
GroupResponse get_group(Scope scope, const GroupRequest& in);
/// Changes the members that are given.
GroupResponse update_group(Scope scope, const GroupChange& in);
NoBody delete_group(Scope scope, const GroupRequest& in);
/// In order of name. Fails: invalid_parameter (pagination token).
GroupsResponse list_groups(Scope scope, const ListGroupsRequest& in);
ListUsersInGroupResponse list_users_in_group(Scope scope, const ListUsersInGroupRequest& in);
/// Fails: user_not_found, limit_exceeded. Nothing happens when the user is in the group.
NoBody admin_add_user_to_group(Scope scope, const MembershipRequest& in);
/// Fails: user_not_found. Nothing happens when the user is not in the group.
NoBody admin_remove_user_from_group(Scope scope, const MembershipRequest& in);
/// The most important first: by precedence, then by name. Fails: user_not_found, invalid_parameter.
GroupsResponse admin_list_groups_for_user(Scope scope, const AdminListGroupsForUserRequest& in);

std::span<const Operation> group_operations();

}  // namespace symbolon::aws
