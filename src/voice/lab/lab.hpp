#pragma once

#include "voice/assistant.hpp"
#include "voice/clock/lab_clock.hpp"
#include "voice/clock/soak.hpp"
#include "voice/faults/catalogue.hpp"
#include "voice/linking/link_log.hpp"
#include "voice/platforms/gateway_events.hpp"
#include "voice/platforms/streamlined.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// Where a maker makes things go wrong, and sees what comes of it: rules and faults, time, soak, the link's log. For
/// the pages and for the REST API alike.
class Lab {
public:
    Lab(const Assistant::Parts& parts, const Identity& identity, LabClock& clock, Streamlined& streamlined,
        const std::string& base_url)
        : parts_(parts), clock_(clock), streamlined_(streamlined), soak_(parts, identity, base_url) {}

    struct View {
        Behaviour behaviour;
        std::optional<Enablement> link;
        std::vector<LinkLogLine> log;      ///< the latest first
        std::vector<GatewayEvent> events;  ///< the latest first
    };
    /// Fails, as all that name a skill: resource_not_found.
    Task<View> look(std::string skill_id, std::string account);
    /// Replaces how the assistant behaves towards a skill.
    Task<void> behave(std::string skill_id, Behaviour behaviour);

    LabClock& clock() { return clock_; }
    Soak& soak() { return soak_; }
    Streamlined& streamlined() { return streamlined_; }

private:
    Assistant::Parts parts_;
    LabClock& clock_;
    Streamlined& streamlined_;
    Soak soak_;
};

}  // namespace symbolon::voice
