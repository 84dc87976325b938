#pragma once

#include "directory/clients.hpp"
#include "directory/pool_settings.hpp"
#include "directory/pools.hpp"

#include <chrono>
#include <optional>

/// Settings of sessions with their defaults, said once. Spec: cognito-api §2.1, §2.2, §5.11.
namespace symbolon::directory {

UserSessionTrackingType session_tracking(const PoolSettings& settings);       ///< DISABLED
UserPoolTokenSessionConfigType token_sessions(const PoolSettings& settings);  ///< 20 a user
ClientSSOSessionConfigType sso_session(const Client& client);                 ///< 60 minutes

/// How long a browser stays signed in at a pool: an hour, not sliding, as the service has it, unless the pool says
/// otherwise (pool_extensions.hpp).
struct SessionLife {
    std::chrono::seconds longest{};
    std::optional<std::chrono::seconds> idle;  ///< none: it does not end by not being used
};
SessionLife session_life(const Pool& pool);
/// How old a sign-in of a browser may be for a client to go on with it. Spec: oauth-and-hosted-ui.md §1.16.
std::chrono::seconds longest_reuse(const Pool& pool, const Client& client);

/// Fails: feature_unavailable in the tier LITE.
void check_session_settings(const PoolSettings& settings);
/// Whether a client's may be set. Fails: feature_unavailable, invalid_parameter (the pool does not track sessions).
void check_client_session_settings(const PoolSettings& settings);

}  // namespace symbolon::directory
