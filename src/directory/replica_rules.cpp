#include "directory/replica_rules.hpp"

#include "base/error.hpp"
#include "directory/pool_rules.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::directory {
namespace {

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

/// `us-east-1`, `us-gov-west-1`, `local`: words of small letters and digits between single hyphens.
bool is_region(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.front() != '-' && text.back() != '-' && text.find("--") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), fits);
}

ReplicaSetting& find_replica(PoolSettings& settings, std::string_view home, std::string_view region) {
    if (region == home) refuse("The primary replica of a user pool cannot be changed.");
    if (settings.Replicas)
        for (ReplicaSetting& replica : *settings.Replicas)
            if (replica.RegionName.str() == region) return replica;
    throw Error(Errc::resource_not_found, "The user pool has no replica in " + std::string(region) + ".");
}

}  // namespace

void add_replica(PoolSettings& settings, std::string_view home, ReplicaSetting replica) {
    const std::string& region = replica.RegionName.str();
    if (!is_region(region)) refuse("RegionName is not the name of a region: " + region);
    if (region == home) refuse("A replica cannot be in the region of the user pool.");
    if (settings.UserPoolTier == UserPoolTierType::LITE)
        throw Error(Errc::feature_unavailable, "Replicas are not available in the tier LITE of the user pool.");
    if (!settings.Replicas) settings.Replicas.emplace();
    for (const ReplicaSetting& known : *settings.Replicas)
        if (known.RegionName == replica.RegionName) refuse("The user pool has a replica in " + region + " already.");
    if (settings.Replicas->size() >= most_replicas)
        throw Error(Errc::limit_exceeded, "A user pool can have at most 5 replicas.");
    replica.Status = ReplicaStatusType::INACTIVE;
    PoolSettings tagged;
    tagged.UserPoolTags = replica.UserPoolTags;
    check_tags(tagged);
    settings.Replicas->push_back(std::move(replica));
}

const ReplicaSetting& set_replica_status(PoolSettings& settings, std::string_view home, std::string_view region,
                                         ReplicaStatusType status) {
    ReplicaSetting& replica = find_replica(settings, home, region);
    replica.Status = status;
    return replica;
}

void remove_replica(PoolSettings& settings, std::string_view home, std::string_view region) {
    const ReplicaSetting& replica = find_replica(settings, home, region);
    if (replica.Status != ReplicaStatusType::INACTIVE) refuse("A replica must be INACTIVE before it can be deleted.");
    std::vector<ReplicaSetting> kept = settings.Replicas->items();
    std::erase_if(kept, [&](const ReplicaSetting& one) { return one.RegionName.str() == region; });
    settings.Replicas = List<ReplicaSetting>(std::move(kept));
}

}  // namespace symbolon::directory
