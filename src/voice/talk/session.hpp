#pragma once

#include "base/clock.hpp"
#include "voice/models/dialog.hpp"
#include "voice/models/matcher.hpp"
#include "voice/platforms/voice_forward.hpp"
#include "voice/skill.hpp"
#include "voice/talk/answer.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// What was heard, understood.
struct Understood {
    enum class Kind {
        launch,  ///< "open …"
        intent,
        leave,  ///< "exit": the session ends without the skill being asked
    } kind = Kind::launch;
    SpokenIntent intent = {};
    std::vector<SpokenIntent> considered = {};  ///< what else fitted, the best first
};

/// What an utterance is about.
struct Topic {
    const Skill& skill;
    const Listening& listening;
    std::string locale;
};

/// What follows in a conversation.
struct Act {
    enum class Kind { none, send, speak, resume } kind = Kind::none;
    std::string dialog_state = {};  ///< of the intent request to send; "" for an intent without dialog
    std::string prompt = {};        ///< what the platform says of its own
    Completion completion = {};     ///< of the task that the skill gave away, to tell it of
    std::string token = {};         ///< … and the token that came with the task
};

/// A conversation with one skill, as far as the platform keeps it: attributes, the dialog under way, what is said again
/// when the person stays silent. Pure: what is sent and when is the caller's.
class Session {
public:
    Session(std::string id, std::string locale) : id_(std::move(id)), locale_(std::move(locale)) {}

    const std::string& id() const { return id_; }
    const std::string& locale() const { return locale_; }
    bool is_new() const { return is_new_; }
    const boost::json::object& attributes() const { return attributes_; }
    const std::string& reprompt() const { return reprompt_; }
    const std::optional<SpokenIntent>& intent() const { return intent_; }
    const std::vector<SlotType>& dynamic_types() const { return dynamic_; }
    /// Since when nobody has said anything.
    Instant waits_since() const { return waits_since_; }

    /// A request of the session was sent: it is no longer new.
    void begun() { is_new_ = false; }
    /// Understands an utterance: as the answer to what was asked, or by itself. Intents of the skill come first within
    /// a session, opening words first outside.
    Understood hear(const Topic& topic, std::string_view utterance);
    /// What to do about what was understood. Keeps the intent as the one that is talked about.
    Act take(const InteractionModel& model, SpokenIntent intent);
    /// What follows a skill's answer.
    Act take(const InteractionModel& model, const Answer& answer);
    /// The platform asks this next, whatever the skill would say: for trying a model out.
    void ask(SpokenIntent intent, const DialogStep& step);
    /// It is the person's turn from now on.
    void wait(Instant now) { waits_since_ = now; }
    /// The reprompt, which is said once; "" when it was said or there is none.
    std::string stay_silent();

    /// The linking by voice that is under way; null when there is none.
    VoiceForward* linking() { return linking_ ? &*linking_ : nullptr; }
    const VoiceForward* linking() const { return linking_ ? &*linking_ : nullptr; }
    void begin_linking(VoiceForward linking) { linking_ = std::move(linking); }
    void end_linking() { linking_.reset(); }

private:
    struct Question {
        DialogStep::Kind kind = DialogStep::Kind::complete;  ///< complete: nothing was asked
        std::string slot;
    };

    std::optional<Understood> hear_answer(const Topic& topic, const std::vector<Word>& words);
    Act go_on(const InteractionModel& model, bool delegated);
    void update(const InteractionModel& model, const boost::json::object& directive);

    std::string id_;
    std::string locale_;
    bool is_new_ = true;
    boost::json::object attributes_;
    std::string reprompt_;
    std::optional<SpokenIntent> intent_;
    Question question_;
    std::vector<SlotType> dynamic_;
    std::optional<VoiceForward> linking_;
    Instant waits_since_{};
};

/// Understands an utterance outside of any question.
Understood understand(const Topic& topic, std::string_view utterance, bool in_session);

/// What to offer on the pages: a launch phrase, the manifest's examples, the model's first samples; at most six.
std::vector<std::string> suggestions(const Skill& skill, const InteractionModel& model, std::string_view locale);

}  // namespace symbolon::voice
