#pragma once

#include "net/http.hpp"
#include "voice/assistant.hpp"
#include "voice/linking/platform_hooks.hpp"
#include "voice/platforms/lwa.hpp"

namespace symbolon::voice {

/// Where skills report by themselves: Alexa's event gateway (voice-account-linking.md §3.4) and SmartThings' callback
/// (§4.2). The bearer is a token that this assistant gave for a person at a skill.
class EventGateway {
public:
    EventGateway(const Assistant::Parts& parts, Lwa& lwa, const LinkHooks& hooks)
        : parts_(parts), lwa_(lwa), hooks_(hooks) {}

    /// POST /v3/events: 202; 400 INVALID_REQUEST_EXCEPTION, 401 INVALID_ACCESS_TOKEN_EXCEPTION, 403
    /// SKILL_DISABLED_EXCEPTION.
    Task<net::Response> alexa_events(net::Request request);
    /// POST to SmartThings' oauthToken: accessTokenRequest and refreshAccessTokens.
    Task<net::Response> smartthings_tokens(net::Request request);
    /// POST to SmartThings' stateCallback.
    Task<net::Response> smartthings_callback(net::Request request);

private:
    Task<bool> is_linked(PlatformGrant grant);
    Task<void> keep(PlatformGrant grant, std::string gateway, boost::json::object event);

    Assistant::Parts parts_;
    Lwa& lwa_;
    const LinkHooks& hooks_;
};

}  // namespace symbolon::voice
