#pragma once

#include "voice/assistant.hpp"
#include "voice/events/event_outbox.hpp"
#include "voice/linking/platform_hooks.hpp"
#include "voice/skill.hpp"
#include "voice/talk/delivery.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// Tells skills what happened to a person's standing with them, if their manifest subscribes to it
/// (voice-account-linking.md §2.13, §3.1): enabled, disabled, account linked, permissions. An event that the skill does
/// not answer with 200 is sent again before the next one, and before the next thing that is said to the skill; after
/// five attempts it is given up. So it may come late, twice, or after another, as on the platform.
class SkillEvents {
public:
    SkillEvents(const Assistant::Parts& parts, const Delivery& delivery, std::string base_url);

    Task<void> take(LinkEvent event);
    /// What the person allows the skill from now on. `first`: nothing was ever decided before.
    Task<void> permissions_changed(Skill skill, std::string account, std::string user_id,
                                   std::vector<std::string> granted, bool first);
    /// Delivers what is still to be delivered to a skill.
    Task<void> deliver_due(Skill skill);

private:
    struct Happened {
        std::string subscription;  ///< SKILL_ENABLED
        std::string type;          ///< AlexaSkillEvent.SkillEnabled
        std::string account;
        std::string user_id;
        std::string access_token = {};
        boost::json::object body = {};
    };
    Task<void> announce(Skill skill, Happened happened);
    boost::json::object envelope_of(const Skill& skill, const Happened& happened, const std::string& id) const;
    Task<std::optional<Skill>> find_skill(std::string skill_id);

    Assistant::Parts parts_;
    const Delivery& delivery_;
    std::string base_url_;
};

}  // namespace symbolon::voice
