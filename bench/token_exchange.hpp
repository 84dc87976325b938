#pragma once

#include "deployment.hpp"

#include <string>
#include <vector>

namespace symbolon::bench {

struct Exchanges {
    Pace pace;
    std::vector<std::string> access_tokens;   ///< some of those that were issued
    std::vector<std::string> refresh_tokens;  ///< of the same
};

/// Codes by /oauth2/authorize with the cookies of browsers that are signed in, in turn (not timed), then their exchange
/// at /oauth2/token. `count`: enough codes for the whole duration.
Exchanges measure_token_exchange(Deployment& deployment, const std::vector<std::string>& cookies, std::size_t count,
                                 Seconds duration);

}  // namespace symbolon::bench
