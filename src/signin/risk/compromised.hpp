#pragma once

#include "base/task.hpp"
#include "directory/auth_events.hpp"
#include "directory/risk_configurations.hpp"
#include "signin/sign_in.hpp"

/// Passwords that leaked, where threat protection watches the pool. Spec: cognito-api.md §5.11.
namespace symbolon::signin {

/// Whether the password is on the lists. On the hasher's threads; not within a transaction. False, and no work, where
/// nothing watches the pool. Fails: too_many_requests.
Task<bool> is_compromised(Services& services, PoolPtr pool, Password password);

/// Of a password that a user wants to have (SIGN_UP, PASSWORD_CHANGE): what is found, for the history. It must not
/// become the user's when is_refused(). `client` is that of whose configuration. Fails: too_many_requests.
Task<directory::EventRiskType> assess_new_password(Services& services, PoolPtr pool, ClientId client, Password password,
                                                   directory::EventFilterType occasion);

/// Block: what the configuration says, where it is enforced.
bool is_refused(const directory::EventRiskType& risk);

}  // namespace symbolon::signin
