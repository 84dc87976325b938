#pragma once

#include "base/clock.hpp"
#include "voice/models/intent.hpp"
#include "voice/skill.hpp"
#include "voice/talk/session.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace symbolon::voice {

/// Who speaks to a skill, and with what.
struct Speaker {
    std::string user_id;  ///< as the skill knows the person
    std::string access_token;
    std::string person_id;             ///< "" unless the voice was recognized
    std::vector<std::string> granted;  ///< of the permissions that the manifest asks for
};

/// What a request names besides its content.
struct RequestHead {
    std::string id;  ///< amzn1.echo-api.request.<uuid>
    Instant at{};
    std::string locale;
};

/// Requests of a session (voice-account-linking.md §3.1).
boost::json::object launch_request(const RequestHead& head);
/// `dialog_state`: "" for an intent without dialog.
boost::json::object intent_request(const RequestHead& head, const SpokenIntent& intent,
                                   const std::string& dialog_state);
boost::json::object can_fulfill_request(const RequestHead& head, const SpokenIntent& intent);
/// `reason`: USER_INITIATED, ERROR or EXCEEDED_MAX_REPROMPTS. `error_type`: with ERROR alone, e.g. INVALID_RESPONSE.
boost::json::object session_ended_request(const RequestHead& head, const std::string& reason,
                                          const std::string& error_type = {}, const std::string& error_message = {});

/// The task that the skill gave to the platform is done (§2.10, §3.1).
boost::json::object session_resumed_request(const RequestHead& head, const std::string& token,
                                            const Completion& completion);

/// The whole envelope. `session`: null for a request outside of sessions (skill events).
boost::json::object envelope(const Skill& skill, const Speaker& speaker, const Session* session,
                             boost::json::object request, const std::string& api_endpoint);

}  // namespace symbolon::voice
