#pragma once

#include "voice/assistant.hpp"
#include "voice/linking/journey.hpp"
#include "voice/skill.hpp"
#include "voice/smart_home/device_store.hpp"
#include "voice/smart_home/messages.hpp"
#include "voice/talk/delivery.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace symbolon::voice {

/// The platform's side of smart-home skills: discovery, directives, state, what skills report by themselves,
/// AcceptGrant (voice-account-linking.md §3.4). Every message is checked against the interface; what was sent is in the
/// log.
class SmartHome {
public:
    SmartHome(const Assistant::Parts& parts, const Delivery& delivery, Journey& journey);

    /// Asks a skill for its devices and keeps them in the place of those that were known. An answer that the platform
    /// would refuse is a failure in the exchange, and changes nothing. Fails, as all that follow: invalid_parameter (no
    /// endpoint, not linked).
    Task<Exchange> discover(Skill skill, std::string account);

    /// The same of a skill that may have no smart home, after its account was linked (§7.2 rule 9). What goes wrong is
    /// in the log, and does not undo the link.
    Task<void> discover_after_link(std::string skill_id, std::string account);

    struct Command {
        std::string endpoint_id;
        std::string interface;
        std::string directive;
        std::string instance;  ///< "" for an interface that an endpoint has once
        boost::json::object payload;
    };
    /// Tells a device to do something, or asks for its state (Alexa, ReportState). Fails: resource_not_found (no such
    /// device).
    Task<Exchange> send(Skill skill, std::string account, Command command);

    /// Gives a skill the platform's code for the event gateway; what went wrong, or nothing.
    Task<std::optional<std::string>> accept_grant(std::string skill_id, std::string account, std::string code);
    /// A report that came to the event gateway. One that the platform would refuse is only logged.
    Task<void> take_event(boost::json::object event, std::string skill_id, std::string account);

private:
    Task<DirectiveHead> head_for(std::string skill_id, std::string account);
    Task<Exchange> deliver(const Skill& skill, const std::string& account, const DirectiveHead& head,
                           boost::json::object directive, SmartHomeAnswer& answer);
    Task<void> keep(const std::string& skill_id, Exchange& exchange);

    Assistant::Parts parts_;
    const Delivery& delivery_;
    Journey& journey_;
};

}  // namespace symbolon::voice
