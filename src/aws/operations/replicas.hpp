#pragma once

#include "aws/operation.hpp"
#include "directory/pool_settings.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on replicas of user pools (cognito-api.md §2.1), which are on record only: see directory/replica_rules.
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(UpdateReplicaStatusType, ACTIVE, INACTIVE)

struct CreateUserPoolReplicaRequest {
    shape::UserPoolId UserPoolId;
    shape::RegionCode RegionName;
    std::optional<directory::Tags> UserPoolTags;
};
BOOST_DESCRIBE_STRUCT(CreateUserPoolReplicaRequest, (), (UserPoolId, RegionName, UserPoolTags))

struct UserPoolReplicaRequest {
    shape::UserPoolId UserPoolId;
    shape::RegionCode RegionName;
};
BOOST_DESCRIBE_STRUCT(UserPoolReplicaRequest, (), (UserPoolId, RegionName))

struct UpdateUserPoolReplicaRequest {
    shape::UserPoolId UserPoolId;
    shape::RegionCode RegionName;
    UpdateReplicaStatusType Status{};
};
BOOST_DESCRIBE_STRUCT(UpdateUserPoolReplicaRequest, (), (UserPoolId, RegionName, Status))

struct ListUserPoolReplicasRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUserPoolReplicasRequest, (), (UserPoolId, NextToken))

struct UserPoolReplicaType {
    std::string RegionName;
    directory::ReplicaStatusType Status{};
    directory::ReplicaRoleType Role{};
    std::string UserPoolArn;
};
BOOST_DESCRIBE_STRUCT(UserPoolReplicaType, (), (RegionName, Status, Role, UserPoolArn))

struct UserPoolReplicaResponse {
    UserPoolReplicaType UserPoolReplica;
};
BOOST_DESCRIBE_STRUCT(UserPoolReplicaResponse, (), (UserPoolReplica))

struct ListUserPoolReplicasResponse {
    std::vector<UserPoolReplicaType> UserPoolReplicas;
    std::optional<std::string> NextToken;  ///< never: all are on one page
};
BOOST_DESCRIBE_STRUCT(ListUserPoolReplicasResponse, (), (UserPoolReplicas, NextToken))

/// Answers with the state CREATING, as the service does; by the next call the replica is INACTIVE. Fails, this and all
/// below: resource_not_found, invalid_parameter; this one also feature_unavailable, limit_exceeded.
UserPoolReplicaResponse create_user_pool_replica(Scope scope, const CreateUserPoolReplicaRequest& in);
/// The pool itself first.
ListUserPoolReplicasResponse list_user_pool_replicas(Scope scope, const ListUserPoolReplicasRequest& in);
UserPoolReplicaResponse update_user_pool_replica(Scope scope, const UpdateUserPoolReplicaRequest& in);
/// Answers with the state DELETING; by the next call the replica is gone.
UserPoolReplicaResponse delete_user_pool_replica(Scope scope, const UserPoolReplicaRequest& in);

std::span<const Operation> replica_operations();

}  // namespace symbolon::aws
