#pragma once

#include "voice/assistant.hpp"
#include "voice/linking/outcome.hpp"
#include "voice/linking/platform_hooks.hpp"
#include "voice/platforms/lwa.hpp"
#include "voice/platforms/platform.hpp"

#include <string>
#include <vector>

namespace symbolon::voice {

/// A link that was just made, or just ended, and what it stands on.
struct LinkedSkill {
    Skill skill;
    StoredLinking linking;
    Behaviour behaviour;
    Enablement enablement;
};

/// What a platform does besides OAuth. Alexa sends AcceptGrant to smart-home skills that may send events, and a code to
/// the reciprocal access token URI (voice-account-linking.md §2.9, §3.4); Google sends SYNC (§4.1); SmartThings asks
/// for the devices and grants its callback (§4.2). If one fails, the link fails.
class AfterLink {
public:
    AfterLink(const Assistant::Parts& parts, Lwa& lwa, const LinkHooks& hooks, std::string base_url)
        : parts_(parts), lwa_(lwa), hooks_(hooks), base_url_(std::move(base_url)) {}

    struct Result {
        std::vector<LinkStep> steps;
        std::string cause;  ///< as explain() knows it; "" when all went well
    };
    Task<Result> greet(LinkedSkill link);
    /// Tells who wants to know that the link has ended: revokes (RFC 7009), DISCONNECT, integrationDeleted. Failures
    /// change nothing.
    Task<std::vector<LinkStep>> part(LinkedSkill link);

private:
    Task<Result> greet_alexa(LinkedSkill link);
    Task<Result> greet_google(LinkedSkill link);
    Task<Result> greet_smartthings(LinkedSkill link);
    Task<LinkStep> grant_reciprocally(LinkedSkill link);
    Task<LinkStep> revoke(LinkedSkill link);

    Assistant::Parts parts_;
    Lwa& lwa_;
    const LinkHooks& hooks_;
    std::string base_url_;
};

}  // namespace symbolon::voice
