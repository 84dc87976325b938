#pragma once

#include "directory/clients.hpp"
#include "directory/pool_settings.hpp"

/// Settings of sessions with their defaults, said once. Spec: cognito-api §2.1, §2.2, §5.11.
namespace symbolon::directory {

UserSessionTrackingType session_tracking(const PoolSettings& settings);       ///< DISABLED
UserPoolTokenSessionConfigType token_sessions(const PoolSettings& settings);  ///< 20 a user
ClientSSOSessionConfigType sso_session(const Client& client);                 ///< 60 minutes

/// Fails: feature_unavailable in the tier LITE.
void check_session_settings(const PoolSettings& settings);
/// Whether a client's may be set. Fails: feature_unavailable, invalid_parameter (the pool does not track sessions).
void check_client_session_settings(const PoolSettings& settings);

}  // namespace symbolon::directory
