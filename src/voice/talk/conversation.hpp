#pragma once

#include "base/task.hpp"
#include "voice/assistant.hpp"
#include "voice/events/skill_events.hpp"
#include "voice/faults/catalogue.hpp"
#include "voice/linking/journey.hpp"
#include "voice/linking/turns.hpp"
#include "voice/talk/accounts.hpp"
#include "voice/talk/delivery.hpp"
#include "voice/talk/envelope.hpp"
#include "voice/talk/exchange.hpp"
#include "voice/talk/session.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// Something said to a skill.
struct Saying {
    std::string utterance;
    std::string account{first_account};
    std::string locale = {};   ///< "": the account's, or the skill's first
    bool new_session = false;  ///< ends the one that is open
};

/// What a turn of a conversation led to.
struct Turn {
    std::vector<Exchange> exchanges;       ///< in order; one at least
    std::vector<SpokenIntent> considered;  ///< the best first
};

/// Talks to skills as the platform does: sessions with attributes and reprompts, dialogs that a skill leaves to the
/// platform, signed requests with the person's access token (voice-account-linking.md §3, §7.2 rule 8). What was said
/// is kept in the log; one turn at a time for a skill and an account.
class Conversation {
public:
    struct Services {
        const Delivery& delivery;
        Journey& journey;
        SkillEvents& events;  ///< what is still to be delivered to a skill comes before what is said to it
    };
    Conversation(const Assistant::Parts& parts, Services services, std::string base_url);

    /// Says something and waits for the answer; nothing said is the skill's first suggestion. Fails: invalid_parameter
    /// (no endpoint, nobody of that name).
    Task<Turn> say(Skill skill, Saying saying);
    /// The person stays silent: the reprompt is heard once, then the session ends. Fails: invalid_parameter (no
    /// session).
    Task<Turn> stay_silent(Skill skill, std::string account);
    /// The person leaves. Fails: invalid_parameter (no session).
    Task<Turn> leave(Skill skill, std::string account);
    /// Asks whether the skill could do what is said, without doing it.
    Task<Turn> ask_can_fulfill(Skill skill, Saying saying);
    /// Sends a logged request again: as it was, but for its id, its time and the access token, which are fresh.
    /// Fails: resource_not_found.
    Task<Turn> replay(Skill skill, std::int64_t number);
    /// Sends a request as it is given; only its token is hidden in the log.
    Task<Turn> invoke(Skill skill, boost::json::object body);

    /// What a page shows of the session that is open.
    struct OpenSession {
        std::string id;
        boost::json::object attributes;
        std::string reprompt;
        std::string text_message;  ///< that lies on the person's phone; "" while there is none
    };
    std::optional<OpenSession> open_session(const std::string& skill_id, const std::string& account) const;
    /// What time does to a session that nobody goes on with (BR-12): the reprompt is heard, it ends. Happens before
    /// every turn by itself, and is asked for before a session is shown.
    Task<void> let_time_pass(std::string skill_id, std::string account);

private:
    /// What one turn works with.
    struct Scene {
        Skill skill;
        std::string account;
        std::string locale;
        InteractionModel model;
        Speaker speaker;
        Behaviour behaviour;
        std::optional<Session> session;  ///< as it is now; kept for others when the turn ends
        bool over = false;               ///< the session ended in this turn
        int requests = 0;                ///< that the skill was sent in this turn, without what ends the session
        Turn turn;
    };
    /// Why the platform ends a session.
    struct End {
        std::string reason;
        std::string error_type = {};
        std::string message = {};
        std::string utterance = {};
    };

    Task<Scene> begin(Skill skill, std::string account, std::string locale);
    std::optional<Session> find_session(const std::string& skill_id, const std::string& account) const;
    void start_session(Scene& scene) const;
    void end_session(Scene& scene);
    /// For the next turn, and for pages that show it.
    void keep_session(Scene& scene);
    /// The same while the person's time to answer goes on.
    void keep_waiting(const Scene& scene);
    /// What happens by itself while nobody speaks: the reprompt, the end.
    Task<void> pass_time(Scene& scene);
    /// Nobody answers: what was asked is heard once more; then a task ends like a no, and a session without one ends.
    Task<void> hear_nothing(Scene& scene);
    RequestHead head_of(const Scene& scene) const;
    Listening listening_of(const Scene& scene) const;

    Task<void> launch(Scene& scene, std::string utterance);
    Task<void> play(Scene& scene, Act act, std::string utterance);
    Task<Act> follow(Scene& scene, const Answer& answer);
    Task<void> ask(Scene& scene, std::string prompt, std::string utterance);
    Task<void> send_request(Scene& scene, boost::json::object request, std::string utterance, Answer& answer);
    Task<void> tell_end(Scene& scene, End end);
    // connections.cpp: tasks that a skill gives to the platform
    Task<Act> begin_task(Scene& scene, Connection connection);
    Task<Act> hear_of_task(Scene& scene, std::string utterance);
    Task<Act> go_on_with_task(Scene& scene);
    Act end_task(Scene& scene, const Connection& connection, Completion completion);
    Task<Exchange> deliver(Scene& scene, boost::json::object request, std::string utterance, bool in_session);
    Task<void> keep(Scene& scene, Exchange exchange);

    Assistant::Parts parts_;
    Services services_;
    std::string base_url_;
    Turns turns_;  ///< by skill and account
    mutable std::mutex mutex_;
    std::map<std::string, Session, std::less<>> sessions_;  ///< those that are open
};

}  // namespace symbolon::voice
