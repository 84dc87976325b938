#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::signin {

/// A browser that stays signed in, for single sign-on: an opaque handle in a cookie, its hash in the database. How long
/// is the pool's setting (directory/session_rules.hpp).
class BrowserSessionService {
public:
    explicit BrowserSessionService(Services& services) : services_(services) {}

    /// Begins a session: always a new handle (no fixation). `agent` is what the browser calls itself, for the person to
    /// know it again. Returns the cookie's value.
    Task<std::string> begin(PoolPtr pool, SignedIn signed_in, std::string agent);
    /// Who is signed in; nothing when the handle is unknown, expired, idle for too long or too old for the client, or
    /// the user was disabled, deleted or signed out.
    Task<std::optional<SignedIn>> find(PoolPtr pool, ClientPtr client, std::string handle);
    /// The same for the pool itself, whatever clients say of how old a sign-in may be. The sign-in is of no client.
    Task<std::optional<SignedIn>> find(PoolPtr pool, std::string handle);

    /// A sign-in that ended.
    struct Ended {
        UserId user_id;
        Instant auth_time{};
        std::vector<ClientId> clients;  ///< those that got tokens through it
    };
    /// Ends a session, and notes it for apps that want to hear (directory/logout_notices.hpp). Nothing when there was
    /// none.
    Task<std::optional<Ended>> end(PoolPtr pool, std::string handle);

    /// What the database knows of a handle: enough to find it, not to use it.
    Bytes hash_of(const PoolId& pool, std::string_view handle) const;

private:
    Services& services_;
};

}  // namespace symbolon::signin
