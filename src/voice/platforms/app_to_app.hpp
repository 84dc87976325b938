#pragma once

#include "net/http.hpp"
#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/linking/journey.hpp"

#include <string>

namespace symbolon::voice {

/// Linking that begins in the maker's app (voice-account-linking.md §1.5, §2.8): the consent of the platform's user,
/// and the enablement API with the user's token.
class AppToApp {
public:
    AppToApp(const Assistant::Parts& parts, Journey& journey, std::string base_url)
        : parts_(parts), journey_(journey), base_url_(std::move(base_url)) {}

    /// GET /ap/oa and /spa/skill-account-linking-consent: asks the person, then sends a code to the app's redirect URL.
    /// A client or a redirect URL that is not known is told on a page, never redirected to.
    Task<net::Response> consent(net::Request request);

    /// POST, GET, DELETE /v1/users/~current/skills/{skillId}/enablement, with the user's token.
    Task<net::Response> enable(net::Request request, net::PathParameters path);
    Task<net::Response> status(net::Request request, net::PathParameters path);
    Task<net::Response> disable(net::Request request, net::PathParameters path);

private:
    struct Asked {
        std::optional<Skill> skill;
        bool redirect_is_known = false;
    };
    Task<Asked> find_client(std::string client_id, std::string redirect_uri);
    /// Whose token the request carries, for this skill; nothing otherwise.
    Task<std::optional<PlatformGrant>> customer(net::Request request, std::string skill_id);

    Assistant::Parts parts_;
    Journey& journey_;
    std::string base_url_;
};

}  // namespace symbolon::voice
