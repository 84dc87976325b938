#pragma once

#include "aws/operation.hpp"
#include "directory/risk_configurations.hpp"

#include <optional>
#include <span>
#include <string>

/// What threat protection is to do about risks (cognito-api.md §2.17, §5.11).
namespace symbolon::aws {

struct DescribeRiskConfigurationRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::ClientId> ClientId;
};
BOOST_DESCRIBE_STRUCT(DescribeRiskConfigurationRequest, (), (UserPoolId, ClientId))

struct SetRiskConfigurationRequest : directory::RiskContent {
    shape::UserPoolId UserPoolId;
    std::optional<shape::ClientId> ClientId;
};
BOOST_DESCRIBE_STRUCT(SetRiskConfigurationRequest, (directory::RiskContent), (UserPoolId, ClientId))

struct RiskConfigurationType : directory::RiskContent {
    std::string UserPoolId;
    std::optional<std::string> ClientId;
    std::optional<Timestamp> LastModifiedDate;
};
BOOST_DESCRIBE_STRUCT(RiskConfigurationType, (directory::RiskContent), (UserPoolId, ClientId, LastModifiedDate))

struct RiskConfigurationResponse {
    RiskConfigurationType RiskConfiguration;
};
BOOST_DESCRIBE_STRUCT(RiskConfigurationResponse, (), (RiskConfiguration))

/// Of the pool, or of a client. Fails: resource_not_found, add_on_not_enabled.
RiskConfigurationResponse describe_risk_configuration(Scope scope, const DescribeRiskConfigurationRequest& in);
/// Replaces it; with nothing but the ids takes it away: a client has the pool's again. Fails, as well:
/// invalid_parameter.
RiskConfigurationResponse set_risk_configuration(Scope scope, const SetRiskConfigurationRequest& in);

std::span<const Operation> risk_operations();

}  // namespace symbolon::aws
