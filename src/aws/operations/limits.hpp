#pragma once

#include "aws/operation.hpp"

#include <boost/describe/enum.hpp>

#include <cstdint>
#include <span>

/// Operations on provisioned request rates (cognito-api.md §2.1), which are on record only.
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(LimitClass, API_CATEGORY)

struct LimitDefinitionType {
    aws::LimitClass LimitClass{};
    StringMap Attributes;
};
BOOST_DESCRIBE_STRUCT(LimitDefinitionType, (), (LimitClass, Attributes))

struct GetProvisionedLimitRequest {
    LimitDefinitionType LimitDefinition;
};
BOOST_DESCRIBE_STRUCT(GetProvisionedLimitRequest, (), (LimitDefinition))

struct UpdateProvisionedLimitRequest {
    LimitDefinitionType LimitDefinition;
    std::int64_t RequestedLimitValue = 0;
};
BOOST_DESCRIBE_STRUCT(UpdateProvisionedLimitRequest, (), (LimitDefinition, RequestedLimitValue))

struct LimitType {
    LimitDefinitionType LimitDefinition;
    std::int64_t ProvisionedLimitValue = 0;
    std::int64_t FreeLimitValue = 0;
};
BOOST_DESCRIBE_STRUCT(LimitType, (), (LimitDefinition, ProvisionedLimitValue, FreeLimitValue))

struct LimitResponse {
    LimitType Limit;
};
BOOST_DESCRIBE_STRUCT(LimitResponse, (), (Limit))

/// Fails, both: invalid_parameter, resource_not_found (no such category).
LimitResponse get_provisioned_limit(Scope scope, const GetProvisionedLimitRequest& in);
/// Fails: quota_exceeded.
LimitResponse update_provisioned_limit(Scope scope, const UpdateProvisionedLimitRequest& in);

std::span<const Operation> limit_operations();

}  // namespace symbolon::aws
