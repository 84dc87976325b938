#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "oauth/site.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::oauth {

/// How long a browser has to come with a pushed request (RFC 9126 §2.2; FAPI 2.0 §5.3.2.2 wants less than 600 s).
inline constexpr std::chrono::seconds pushed_request_life{300};
/// How long a person then has to sign in.
inline constexpr std::chrono::minutes begun_request_life{60};

inline constexpr std::size_t max_pushed_parameters = 32 * 1024;  ///< bytes, encoded

/// The `request_uri` of a request that is kept here is this and a handle that nobody can guess.
inline constexpr std::string_view pushed_request_prefix = "urn:ietf:params:oauth:request_uri:";

/// Where a browser is when it shows a request_uri: it may begin a request only once it is pushed, and go on only with
/// one that has begun.
enum class Arrival { begins, goes_on };

/// Authorization requests that are kept here while the browser carries their name (RFC 9126). Threads: any.
class PushedRequestService {
public:
    explicit PushedRequestService(signin::Services& services) : services_(services) {}

    /// Keeps the parameters, an encoded form, and gives the request_uri. `begun`: the browser is here already.
    Task<std::string> push(signin::ClientPtr client, std::string parameters, bool begun);
    /// The parameters of a request of this client. Nothing when it is unknown, somebody else's, used or expired.
    Task<std::optional<std::string>> find(PoolId pool, std::string client_id, std::string request_uri, Arrival arrival);

    /// What the handle of a request_uri is found by.
    static Bytes hash_of(const crypto::Sealer& sealer, const PoolId& pool, std::string_view request_uri);

private:
    signin::Services& services_;
};

}  // namespace symbolon::oauth
