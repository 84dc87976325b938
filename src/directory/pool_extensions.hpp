#pragma once

#include "directory/client_extensions.hpp"

#include <boost/describe/class.hpp>

#include <optional>

namespace symbolon::directory {

namespace shape {
using RotationDays = Number<struct RotationDaysTag, 1, 3650>;
using SessionMinutes = Number<struct SessionMinutesTag, 1, 525600>;
}  // namespace shape

/// What a pool can be set to beyond the service's API. Without any of it a pool behaves as the service's do.
struct PoolExtensions {
    std::optional<bool> strict_oidc;  ///< where the service and OpenID Connect differ, as the standard has it
    std::optional<SignatureAlgorithm> signing_alg;  ///< of keys that are made from now on; absent: RS256
    std::optional<shape::RotationDays> rotate_keys_after_days;
    std::optional<shape::SessionMinutes> session_life_minutes;  ///< of a sign-in of a browser; absent: an hour
    std::optional<shape::SessionMinutes> session_idle_minutes;  ///< unused for so long, it ends; absent: it does not
};
BOOST_DESCRIBE_STRUCT(PoolExtensions, (),
                      (strict_oidc, signing_alg, rotate_keys_after_days, session_life_minutes, session_idle_minutes))

}  // namespace symbolon::directory
