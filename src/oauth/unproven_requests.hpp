#pragma once

#include "base/task.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <string>

/// Requests that nobody has to prove anything for, where each leaves a row here: pushed requests and waiting devices of
/// public clients, registrations where the pool lets anybody. They are counted by where they come from.
namespace symbolon::oauth {

inline constexpr int unproven_requests_per_minute = 60;  ///< from one address, in a pool

/// Counts one more from the address; not from addresses that do not tell who asks (signin/sending.hpp).
/// Fails: too_many_requests.
Task<void> count_unproven_request(signin::Services& services, PoolId pool, std::string address);
/// The same for a request of a client; those that proved themselves are not counted.
Task<void> count_unproven_request(signin::Services& services, signin::ClientPtr client, std::string address);

}  // namespace symbolon::oauth
