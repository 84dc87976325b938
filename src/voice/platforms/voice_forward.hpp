#pragma once

#include "base/clock.hpp"
#include "voice/skill.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::voice {

/// A task that a skill gives to the platform (Connections.StartConnection).
struct Connection {
    std::string uri;
    std::string token;  ///< comes back with the completion
    boost::json::object input;
    bool resumes = true;  ///< onCompletion RESUME_SESSION; otherwise the skill hears of errors alone
};

/// The task among an answer's directives; nothing when the skill gave none.
std::optional<Connection> read_connection(const boost::json::object& response);

/// How a task ended, as SessionResumedRequest tells it.
struct Completion {
    std::string code = "200";  ///< of the task; as text on the wire
    std::string message = "OK";
    boost::json::object result = {};
};
Completion link_completion(std::string_view status);  ///< LINKED, DENIED or USER_REQUIREMENTS_NOT_MET

/// What the platform looks at before it asks the person.
struct VoiceForwardStanding {
    std::optional<StoredLinking> linking;
    std::string own_token_url;  ///< of the Login with Amazon that the assistant plays
    bool linked = false;
    bool recognized = false;  ///< by the voice
    bool has_email = false;
};
/// Why the task ends before anybody was asked; nothing when the person may be asked: the task is not known (404) or not
/// written right (400), the skill does not allow it or its accounts are not those of Login with Amazon (403), the link
/// is there, or the person is not recognized or has no address to share.
std::optional<Completion> end_unasked(const Connection& connection, const VoiceForwardStanding& standing);

/// Linking by voice, from the platform's question to the person's yes (voice-account-linking.md §2.10): consent, then
/// the code that came as a text. Pure.
class VoiceForward {
public:
    /// `locale`: in which it is asked and answered. `code`: six digits.
    VoiceForward(Connection connection, std::string skill_name, std::string locale, std::string code);

    enum class Step { consent, code, approved, denied, not_proven };
    Step step() const { return step_; }
    const Connection& connection() const { return connection_; }
    /// What the platform says now.
    std::string question() const;
    /// The text that lies on the person's phone; "" while there is none.
    std::string text_message() const;

    /// Takes what was said. A third code that is wrong ends it.
    void hear(std::string_view utterance);
    /// Nobody answered: the question is asked once more, then it ends like a no.
    void hear_nothing();

private:
    Connection connection_;
    std::string skill_name_;
    std::string locale_;
    std::string code_;
    Step step_ = Step::consent;
    int tries_ = 0;
    bool asked_again_ = false;
    bool misheard_ = false;
};

}  // namespace symbolon::voice
