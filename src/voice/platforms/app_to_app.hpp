#pragma once

#include "net/http.hpp"
#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/linking/journey.hpp"

#include <string>

namespace symbolon::voice {

/// Linking that begins in the maker's app (voice-account-linking.md §1.5, §2.8): the enablement API with the token of
/// the platform's user, whose consent AmazonConsent asked for.
class AppToApp {
public:
    AppToApp(const Assistant::Parts& parts, Journey& journey) : parts_(parts), journey_(journey) {}

    /// POST, GET, DELETE /v1/users/~current/skills/{skillId}/enablement, with the user's token.
    Task<net::Response> enable(net::Request request, net::PathParameters path);
    Task<net::Response> status(net::Request request, net::PathParameters path);
    Task<net::Response> disable(net::Request request, net::PathParameters path);

private:
    /// Whose token the request carries, for this skill; nothing otherwise.
    Task<std::optional<PlatformGrant>> customer(net::Request request, std::string skill_id);

    Assistant::Parts parts_;
    Journey& journey_;
};

}  // namespace symbolon::voice
