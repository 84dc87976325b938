#pragma once

#include "symbolon/skill/context.hpp"
#include "symbolon/skill/intent.hpp"
#include "symbolon/skill/interfaces/advertisement.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_apl.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_apla.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_aplt.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_html.hpp"
#include "symbolon/skill/interfaces/audio_player.hpp"
#include "symbolon/skill/interfaces/authorization.hpp"
#include "symbolon/skill/interfaces/connections.hpp"
#include "symbolon/skill/interfaces/custom_interface.hpp"
#include "symbolon/skill/interfaces/data_store.hpp"
#include "symbolon/skill/interfaces/dialog.hpp"
#include "symbolon/skill/interfaces/display.hpp"
#include "symbolon/skill/interfaces/game_engine.hpp"
#include "symbolon/skill/interfaces/household_list.hpp"
#include "symbolon/skill/interfaces/messaging.hpp"
#include "symbolon/skill/interfaces/playback_controller.hpp"
#include "symbolon/skill/interfaces/reminders.hpp"
#include "symbolon/skill/interfaces/skill_events.hpp"
#include "symbolon/skill/interfaces/system_exception.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

/// What the platform sends. Every struct keeps the members that it does not know, and those whose values it does not,
/// in `unknown`: what was parsed is written again the same. An enumeration's value that we do not know is absent.
namespace symbolon::skill {

/// The body is not a request envelope: `request.type` is missing or a member that must be an object is none.
class MalformedRequest : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A task of a skill connection that the skill is launched for.
struct LaunchTask {
    std::string name = {};
    std::string version = {};
    json::value input = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(LaunchTask, (), (name, version, input))

struct LaunchRequest {
    static constexpr std::string_view type = "LaunchRequest";
    std::optional<LaunchTask> task = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(LaunchRequest, (), (task))

struct IntentRequest {
    static constexpr std::string_view type = "IntentRequest";
    Intent intent = {};
    std::optional<DialogState> dialog_state = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(IntentRequest, (), (intent, dialog_state))

enum class EndReason { user_initiated, error, exceeded_max_reprompts };
BOOST_DESCRIBE_ENUM(EndReason, user_initiated, error, exceeded_max_reprompts)

struct SessionEndedError {
    std::string type = {};  ///< e.g. "INVALID_RESPONSE"
    std::string message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SessionEndedError, (), (type, message))

/// Nobody hears an answer any more.
struct SessionEndedRequest {
    static constexpr std::string_view type = "SessionEndedRequest";
    std::optional<EndReason> reason = {};
    std::optional<SessionEndedError> error = {};  ///< with EndReason::error
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SessionEndedRequest, (), (reason, error))

/// Asks whether the skill could, before the user has chosen it; nothing may happen yet.
struct CanFulfillIntentRequest {
    static constexpr std::string_view type = "CanFulfillIntentRequest";
    Intent intent = {};
    std::optional<DialogState> dialog_state = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CanFulfillIntentRequest, (), (intent, dialog_state))

/// A type that we do not know; all its members are in `unknown`.
struct OtherRequest {
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(OtherRequest, (), ())

using RequestContent = std::variant<
    OtherRequest, LaunchRequest, IntentRequest, SessionEndedRequest, CanFulfillIntentRequest,
    connections::SessionResumed, connections::ConnectionsRequest, connections::ConnectionsResponse,
    dialog::InputRequest, dialog::ApiInvoked, skill_events::SkillEnabled, skill_events::SkillDisabled,
    skill_events::SkillAccountLinked, skill_events::SkillPermissionAccepted, skill_events::SkillPermissionChanged,
    skill_events::ProactiveSubscriptionChanged, skill_events::NotificationSubscriptionChanged,
    audio_player::PlaybackStarted, audio_player::PlaybackFinished, audio_player::PlaybackStopped,
    audio_player::PlaybackNearlyFinished, audio_player::PlaybackFailed, playback_controller::PlayCommandIssued,
    playback_controller::PauseCommandIssued, playback_controller::NextCommandIssued,
    playback_controller::PreviousCommandIssued, apl::UserEvent, apl::LoadIndexListData, apl::LoadTokenListData,
    apl::RuntimeError, apla::RuntimeError, aplt::UserEvent, html::Message, html::RuntimeError, display::ElementSelected,
    system_exception::ExceptionEncountered, authorization::AuthorizationGrant, messaging::MessageReceived,
    household_list::ListCreated, household_list::ListUpdated, household_list::ListDeleted, household_list::ItemsCreated,
    household_list::ItemsUpdated, household_list::ItemsDeleted, reminders::ReminderCreated, reminders::ReminderStarted,
    reminders::ReminderUpdated, reminders::ReminderStatusChanged, reminders::ReminderDeleted,
    game_engine::InputHandlerEvent, custom_interface::EventsReceived, custom_interface::Expired,
    data_store::DataStoreError, data_store::UsagesInstalled, data_store::UsagesRemoved, data_store::UpdateRequest,
    data_store::InstallationError, advertisement::ReadyToEnqueueAudio, advertisement::AdCompleted,
    advertisement::AdNotRendered>;

struct Request {
    // Defined once, in the library: they go through every alternative of the variants within.
    Request();
    Request(const Request&);
    Request(Request&&) noexcept;
    Request& operator=(const Request&);
    Request& operator=(Request&&) noexcept;
    ~Request();

    std::string type = {};  ///< e.g. "IntentRequest"
    std::string request_id = {};
    std::string timestamp = {};  ///< ISO 8601, as sent
    std::string locale = {};
    RequestContent content = {};

    json::object to_json() const;
};

struct Session {
    std::optional<bool> is_new = {};
    std::string session_id = {};
    Application application = {};
    User user = {};  ///< for identity look at Context::system, which every request has
    json::object attributes = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Session, (), (is_new, session_id, application, user, attributes))

constexpr std::string_view wire_name(const Session*, std::string_view member) {
    return member == "is_new" ? "new" : "";
}

struct RequestEnvelope {
    std::string version = {};
    std::optional<Session> session = {};  ///< none: a skill event, an AudioPlayer request, …
    Context context = {};
    Request request = {};
    json::object unknown = {};

    /// Fails: MalformedRequest. Spec: Alexa Skills Kit, "Request format".
    static RequestEnvelope parse(json::object envelope);
    /// The envelope as it was parsed, tokens included.
    json::object to_json() const;
};
BOOST_DESCRIBE_STRUCT(RequestEnvelope, (), (version, session, context))

}  // namespace symbolon::skill
