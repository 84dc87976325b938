#pragma once

#include "deployment.hpp"

#include <string>
#include <vector>

namespace symbolon::bench {

/// userInfo, and the echo that got the very same requests, in alternating rounds: what disturbs one disturbs the other.
struct UserInfoPaces {
    Pace user_info;
    Pace echo;
};

/// `self`: this program, for the echo's process.
UserInfoPaces measure_user_info(Deployment& deployment, const std::string& self,
                                const std::vector<std::string>& access_tokens, Seconds duration);

}  // namespace symbolon::bench
