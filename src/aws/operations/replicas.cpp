#include "aws/operations/replicas.hpp"

#include "aws/operations/pools.hpp"
#include "aws/parties.hpp"
#include "directory/pools.hpp"
#include "directory/replica_rules.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

using directory::ReplicaRoleType;
using directory::ReplicaStatusType;

void save(Scope& scope, directory::Pool& pool) {
    pool.modified = scope.now;
    directory::Pools(scope.tx).save(pool);
}

UserPoolReplicaType describe(Scope& scope, const PoolId& pool, const std::string& region, ReplicaStatusType status,
                             ReplicaRoleType role) {
    Options there = scope.context.options;
    there.region = region;
    return {region, status, role, pool_arn(there, pool)};
}

}  // namespace

UserPoolReplicaResponse create_user_pool_replica(Scope scope, const CreateUserPoolReplicaRequest& in) {
    auto pool = get_pool(scope, in.UserPoolId);
    directory::add_replica(pool.settings, scope.context.options.region,
                           {in.RegionName, ReplicaStatusType::INACTIVE, in.UserPoolTags});
    save(scope, pool);
    return {describe(scope, pool.id, in.RegionName.str(), ReplicaStatusType::CREATING, ReplicaRoleType::SECONDARY)};
}

ListUserPoolReplicasResponse list_user_pool_replicas(Scope scope, const ListUserPoolReplicasRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    // All are on one page: a token is none of ours.
    if (in.NextToken) throw Error(Errc::invalid_parameter, "Invalid pagination token given.");
    ListUserPoolReplicasResponse out;
    out.UserPoolReplicas.push_back(
        describe(scope, pool.id, scope.context.options.region, ReplicaStatusType::ACTIVE, ReplicaRoleType::PRIMARY));
    if (!pool.settings.Replicas) return out;
    for (const auto& replica : *pool.settings.Replicas)
        out.UserPoolReplicas.push_back(
            describe(scope, pool.id, replica.RegionName.str(), replica.Status, ReplicaRoleType::SECONDARY));
    return out;
}

UserPoolReplicaResponse update_user_pool_replica(Scope scope, const UpdateUserPoolReplicaRequest& in) {
    auto pool = get_pool(scope, in.UserPoolId);
    const auto status =
        in.Status == UpdateReplicaStatusType::ACTIVE ? ReplicaStatusType::ACTIVE : ReplicaStatusType::INACTIVE;
    directory::set_replica_status(pool.settings, scope.context.options.region, in.RegionName.str(), status);
    save(scope, pool);
    return {describe(scope, pool.id, in.RegionName.str(), status, ReplicaRoleType::SECONDARY)};
}

UserPoolReplicaResponse delete_user_pool_replica(Scope scope, const UserPoolReplicaRequest& in) {
    auto pool = get_pool(scope, in.UserPoolId);
    directory::remove_replica(pool.settings, scope.context.options.region, in.RegionName.str());
    save(scope, pool);
    return {describe(scope, pool.id, in.RegionName.str(), ReplicaStatusType::DELETING, ReplicaRoleType::SECONDARY)};
}

std::span<const Operation> replica_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_user_pool_replica, writes>("CreateUserPoolReplica", administrator),
        operation<list_user_pool_replicas, reads>("ListUserPoolReplicas", administrator),
        operation<update_user_pool_replica, writes>("UpdateUserPoolReplica", administrator),
        operation<delete_user_pool_replica, writes>("DeleteUserPoolReplica", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
