#pragma once

#include "directory/pool_settings.hpp"

#include <optional>
#include <string_view>

/// Replicas of a pool in other regions. This server has no regions: they are on record as an administrator makes them,
/// with the states that the service gives them, and nothing is copied. Spec: cognito-api §2.1.
namespace symbolon::directory {

inline constexpr std::size_t most_replicas = 5;

/// Adds a replica, INACTIVE as a new one is. `home`: the region of the pool itself.
/// Fails: invalid_parameter (no region, the pool's own, there is one), feature_unavailable, limit_exceeded.
void add_replica(PoolSettings& settings, std::string_view home, ReplicaSetting replica);
/// Fails: resource_not_found, invalid_parameter (the pool itself).
const ReplicaSetting& set_replica_status(PoolSettings& settings, std::string_view home, std::string_view region,
                                         ReplicaStatusType status);
/// Fails: resource_not_found, invalid_parameter (the pool itself, an active one).
void remove_replica(PoolSettings& settings, std::string_view home, std::string_view region);

}  // namespace symbolon::directory
