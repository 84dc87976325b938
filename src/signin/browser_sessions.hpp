#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace symbolon::signin {

/// A browser that stays signed in, for single sign-on: an opaque handle in a cookie, its hash in the database. One
/// hour, not sliding, as Cognito has it.
class BrowserSessionService {
public:
    explicit BrowserSessionService(Services& services) : services_(services) {}

    static constexpr std::chrono::seconds life{3600};

    /// Begins a session: always a new handle (no fixation). Returns the cookie's value.
    Task<std::string> begin(SignedIn signed_in);
    /// Who is signed in; nothing when the handle is unknown or expired, or the user was disabled, deleted or signed
    /// out.
    Task<std::optional<SignedIn>> find(PoolPtr pool, ClientPtr client, std::string handle);
    Task<void> end(PoolPtr pool, std::string handle);

private:
    Services& services_;
};

}  // namespace symbolon::signin
