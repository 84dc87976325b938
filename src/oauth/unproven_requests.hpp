#pragma once

#include "base/task.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <string>

/// Requests of clients that prove nothing, where each leaves a row here: pushed requests, devices that wait. Anybody
/// can make them in such a client's name, so they are counted by where they come from.
namespace symbolon::oauth {

inline constexpr int unproven_requests_per_minute = 60;  ///< from one address, of all such clients of a pool

/// Counts one more from the address. Clients that proved themselves are not counted, nor are addresses that do not tell
/// who asks (signin/sending.hpp). Fails: too_many_requests.
Task<void> count_unproven_request(signin::Services& services, signin::ClientPtr client, std::string address);

}  // namespace symbolon::oauth
