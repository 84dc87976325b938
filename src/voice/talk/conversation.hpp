#pragma once

#include "base/task.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"
#include "voice/talk/utterance.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace symbolon::voice {

/// One thing said to a skill and what came back.
struct Exchange {
    std::string utterance;
    boost::json::object request;  ///< as sent, but for the access token, of which only the length is kept
    std::string response;         ///< JSON text as received
    boost::json::object answer;   ///< the `response` member; empty when there is none
    int status = 0;               ///< 0: no answer
    std::int64_t milliseconds = 0;
    bool with_token = false;
    std::string failure;  ///< what the person hears, and why; "" when the skill answered
};

/// The text of an answer's speech, without markup; "" when the skill says nothing.
std::string spoken_text(const boost::json::object& answer);
/// The answer's card; null when there is none.
const boost::json::object* card_of(const boost::json::object& answer);

/// Talks to skills: signed requests with the person's access token (voice-account-linking.md §3.1, §3.3, §7.2 rule 8).
class Conversation {
public:
    Conversation(const Assistant::Parts& parts, const Identity& identity, Journey& journey, std::string base_url);

    /// Says something to a skill and waits for its answer, at most 8 s. Fails: invalid_parameter (no endpoint).
    Task<Exchange> say(Skill skill, std::string utterance);
    /// The last exchange with a skill; kept in memory only.
    std::optional<Exchange> last(const std::string& skill_id) const;

private:
    boost::json::object envelope(const Skill& skill, const Understood& understood, const Enablement& enablement) const;
    net::ClientRequest signed_request(const Skill& skill, std::string body) const;

    Assistant::Parts parts_;
    const Identity& identity_;
    Journey& journey_;
    std::string base_url_;
    mutable std::mutex mutex_;
    std::map<std::string, Exchange, std::less<>> last_;
};

}  // namespace symbolon::voice
