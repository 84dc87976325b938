#pragma once

#include "symbolon/skill/access_token.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace symbolon::skill {

namespace json = boost::json;

/// The body is not a request envelope: `request.type` is missing or a member that must be an object is none.
class MalformedRequest : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Every enumeration of the platform may grow: a value that we do not know is `other`, its text is in the raw JSON.
enum class ConfirmationStatus { none, confirmed, denied, other };
enum class DialogState { absent, started, in_progress, completed, other };
enum class ResolutionStatus { match, no_match, timeout, exception, other };
enum class EndReason { user_initiated, error, exceeded_max_reprompts, other };

/// A value of a slot type, as entity resolution found it.
struct ResolvedValue {
    std::string name;
    std::string id;
};

/// What one authority (a slot type, a dynamic entity list) made of the spoken value.
struct Resolution {
    std::string authority;
    ResolutionStatus status = ResolutionStatus::other;
    std::vector<ResolvedValue> values;
};

struct Slot {
    std::string name;
    std::optional<std::string> value;  ///< as spoken; absent when the user did not fill it
    ConfirmationStatus confirmation = ConfirmationStatus::none;
    std::vector<Resolution> resolutions;

    /// The best value of the first authority that matched.
    std::optional<ResolvedValue> find_resolved() const;
};

struct Intent {
    std::string name;
    ConfirmationStatus confirmation = ConfirmationStatus::none;
    std::map<std::string, Slot, std::less<>> slots;
};

struct LaunchRequest {};

struct IntentRequest {
    Intent intent;
    DialogState dialog_state = DialogState::absent;
};

struct SessionEndedRequest {
    EndReason reason = EndReason::other;
    std::string error_type;  ///< only with EndReason::error, e.g. INVALID_RESPONSE
    std::string error_message;
};

/// Every other type: skill events, AudioPlayer, tomorrow's. Its members are in RequestEnvelope::request_json().
struct OtherRequest {};

struct Request {
    std::string type;  ///< e.g. "IntentRequest"
    std::string request_id;
    std::string timestamp;  ///< ISO 8601, as sent
    std::string locale;
    std::variant<OtherRequest, LaunchRequest, IntentRequest, SessionEndedRequest> content;
};

struct User {
    std::string user_id;  ///< changes when the user disables and enables the skill
    /// Only when the account is linked. Missing, null and "" are the same: not linked.
    std::optional<AccessToken> access_token;
};

/// The speaker, when the platform recognised the voice.
struct Person {
    std::string person_id;
    std::optional<AccessToken> access_token;  ///< only when this person linked an own account
};

struct Device {
    std::string device_id;
    json::object supported_interfaces;
};

/// `context.System`: who asks, from where, for which skill. The one source of identity, since `session` is missing
/// from skill events and AudioPlayer requests.
struct System {
    std::string application_id;
    User user;
    std::optional<Person> person;
    std::optional<Device> device;
    std::string api_endpoint;
    std::optional<AccessToken> api_access_token;
};

struct Session {
    bool is_new = false;
    std::string session_id;
    json::object attributes;
};

/// What the platform sends. Unknown members are tolerated and kept in `raw`.
struct RequestEnvelope {
    std::string version;
    std::optional<Session> session;
    System system;
    Request request;
    json::object raw;  ///< the whole envelope as received

    /// Fails: MalformedRequest. Spec: Alexa Skills Kit, request format.
    static RequestEnvelope parse(json::object raw);

    /// The `request` member as received.
    const json::object& request_json() const;
};

}  // namespace symbolon::skill
