#pragma once

#include "aws/operation.hpp"
#include "directory/log_delivery.hpp"

#include <span>
#include <string>

/// Where a pool's logs are to go (cognito-api.md §2.18, §5.11).
namespace symbolon::aws {

struct GetLogDeliveryConfigurationRequest {
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(GetLogDeliveryConfigurationRequest, (), (UserPoolId))

struct SetLogDeliveryConfigurationRequest {
    shape::UserPoolId UserPoolId;
    directory::LogConfigurations LogConfigurations;
};
BOOST_DESCRIBE_STRUCT(SetLogDeliveryConfigurationRequest, (), (UserPoolId, LogConfigurations))

struct LogDeliveryConfigurationType {
    std::string UserPoolId;
    directory::LogConfigurations LogConfigurations;
};
BOOST_DESCRIBE_STRUCT(LogDeliveryConfigurationType, (), (UserPoolId, LogConfigurations))

struct LogDeliveryConfigurationResponse {
    LogDeliveryConfigurationType LogDeliveryConfiguration;
};
BOOST_DESCRIBE_STRUCT(LogDeliveryConfigurationResponse, (), (LogDeliveryConfiguration))

/// Fails: resource_not_found.
LogDeliveryConfigurationResponse get_log_delivery_configuration(Scope scope,
                                                                const GetLogDeliveryConfigurationRequest& in);
/// Replaces the list. Fails: resource_not_found, invalid_parameter.
LogDeliveryConfigurationResponse set_log_delivery_configuration(Scope scope,
                                                                const SetLogDeliveryConfigurationRequest& in);

std::span<const Operation> log_delivery_operations();

}  // namespace symbolon::aws
