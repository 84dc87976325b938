#pragma once

#include "db/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {

/// Request rates by category (requests a second), as an administrator has them on record. This server measures its
/// limits by what it can do, not by these. Spec: cognito-api §2.1, §8.
struct ProvisionedLimit {
    std::int64_t value = 0;
    std::int64_t free = 0;  ///< without anything provisioned
};

class ProvisionedLimits {
public:
    /// How many times the free value a limit may be.
    static constexpr std::int64_t most = 10;

    explicit ProvisionedLimits(db::Transaction& tx) : tx_(tx) {}

    /// Fails: resource_not_found (no such category).
    ProvisionedLimit get(std::string_view category);
    /// Fails: resource_not_found, invalid_parameter (below the free value), quota_exceeded (above the most).
    ProvisionedLimit set(std::string_view category, std::int64_t value);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
