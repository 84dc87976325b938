#pragma once

#include "aws/operation.hpp"
#include "directory/client_settings.hpp"
#include "directory/pool_settings.hpp"

#include <span>
#include <string>

/// Operations on how sessions are tracked and reused (cognito-api.md §2.1, §2.2, §5.11).
namespace symbolon::aws {

struct PoolSessionRequest {
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(PoolSessionRequest, (), (UserPoolId))

/// The request of SetUserPoolSessionConfiguration, and the answer of both.
struct PoolSessionConfiguration {
    shape::UserPoolId UserPoolId;
    directory::UserSessionTrackingType UserSessionTracking{};
    directory::UserPoolTokenSessionConfigType TokenSession;
};
BOOST_DESCRIBE_STRUCT(PoolSessionConfiguration, (), (UserPoolId, UserSessionTracking, TokenSession))

struct ClientSessionRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
};
BOOST_DESCRIBE_STRUCT(ClientSessionRequest, (), (UserPoolId, ClientId))

struct ClientSessionConfiguration {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    directory::ClientSSOSessionConfigType SSOSession;
};
BOOST_DESCRIBE_STRUCT(ClientSessionConfiguration, (), (UserPoolId, ClientId, SSOSession))

/// Fails, this and all below: resource_not_found.
PoolSessionConfiguration get_user_pool_session_configuration(Scope scope, const PoolSessionRequest& in);
/// Fails: feature_unavailable, concurrent_modification.
PoolSessionConfiguration set_user_pool_session_configuration(Scope scope, const PoolSessionConfiguration& in);
ClientSessionConfiguration get_user_pool_client_session_configuration(Scope scope, const ClientSessionRequest& in);
/// Fails: invalid_parameter (the pool does not track sessions), feature_unavailable.
ClientSessionConfiguration set_user_pool_client_session_configuration(Scope scope,
                                                                      const ClientSessionConfiguration& in);

std::span<const Operation> session_setting_operations();

}  // namespace symbolon::aws
