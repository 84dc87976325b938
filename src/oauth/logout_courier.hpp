#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "directory/claim.hpp"
#include "directory/logout_notices.hpp"
#include "net/fetcher.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace symbolon {
class TaskGroup;
}

namespace symbolon::oauth {

/// Tells apps that a person signed out (OpenID Connect Back-Channel Logout 1.0 §2): one server does it for all of a
/// database, and another goes on where it ended. An app may hear of one sign-out twice, with the same `jti`; it never
/// holds up another app or the person.
class LogoutCourier {
public:
    /// `base_url` as issuers have it.
    LogoutCourier(signin::Services& services, std::string base_url, net::Fetcher& fetcher)
        : services_(services), base_url_(std::move(base_url)), fetcher_(fetcher) {}

    /// Sends some of what is due, side by side, and notes what came of it; or, when nothing is, forgets what is
    /// finished since long. Returns `limit` while there may be more.
    Task<std::int64_t> do_step(directory::Claim& claim, Instant now, int limit);

    /// The logout token of a notice (§2.4). Fails: resource_not_found (the pool is gone).
    Task<std::string> make_token(directory::LogoutNotice notice, signin::ClientPtr client, Instant now);

private:
    using Notices = std::vector<directory::LogoutNotice>;

    Task<void> send_all(TaskGroup& group, Notices& notices);
    Task<void> send(directory::LogoutNotice& notice);
    Task<void> post(directory::LogoutNotice& notice, signin::ClientPtr client);

    signin::Services& services_;
    std::string base_url_;
    net::Fetcher& fetcher_;
};

}  // namespace symbolon::oauth
