#pragma once

#include "symbolon/skill/attributes.hpp"
#include "symbolon/skill/invocation.hpp"
#include "symbolon/skill/localization.hpp"
#include "symbolon/skill/persistence.hpp"
#include "symbolon/skill/request.hpp"
#include "symbolon/skill/response_builder.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace symbolon::skill {

/// What a skill has for all its requests.
struct SkillServices {
    std::shared_ptr<const Localization> localization = {};
    std::shared_ptr<Persistence> persistence = {};
    PartitionKey partition_key = by_user();
};

/// What a handler gets: the request, the attributes, and a way to answer. Belongs to one request and one thread.
class Input {
public:
    explicit Input(RequestEnvelope envelope, std::shared_ptr<const SkillServices> services = {},
                   Invocation invocation = {});

    const RequestEnvelope& envelope() const { return envelope_; }
    const Request& request() const { return envelope_.request; }
    const std::string& locale() const { return envelope_.request.locale; }
    const std::string& user_id() const { return envelope_.context.system.user.user_id; }
    /// The token of the linked account; absent when the user has not linked or the link is dead.
    const std::optional<AccessToken>& access_token() const { return envelope_.context.system.user.access_token; }
    /// How the request came and until when the answer is of use.
    const Invocation& invocation() const { return invocation_; }
    /// Whether the device has an interface, e.g. "Alexa.Presentation.APL".
    bool device_supports(std::string_view interface_name) const;
    /// True in the first request of a session.
    bool is_new_session() const;

    /// True when this is an IntentRequest for the intent `name`, or another request of the type `name`.
    bool is(std::string_view name) const;
    /// The request as one of its types, e.g. `find<audio_player::PlaybackFailed>()`; nullptr when it is another.
    template <class T>
    const T* find() const {
        return std::get_if<T>(&envelope_.request.content);
    }

    /// The intent; nullptr when the request is not an IntentRequest.
    const Intent* find_intent() const;
    /// What the user said for a slot; nothing when it is not filled. Not escaped.
    std::optional<std::string> find_slot(std::string_view name) const;
    /// What entity resolution made of it; nothing when no authority matched.
    std::optional<ResolvedValue> find_resolved(std::string_view name) const;
    /// Absent outside of dialogs.
    std::optional<DialogState> dialog_state() const;

    /// What comes back with the next request of this session.
    /// Fails: std::logic_error when the request has no session (skill events, AudioPlayer).
    json::object& session_attributes();
    /// What interceptors and handlers of this one request tell each other.
    json::object& request_attributes() { return request_attributes_; }
    /// What outlives the session; stored by its save().
    /// Fails: MissingKey, std::logic_error (the skill was built without persistence).
    PersistentAttributes& persistent_attributes();

    /// SSML in the user's language, the arguments escaped. Fails: MissingText, std::logic_error (no localization).
    std::string text(std::string_view key, const Arguments& arguments = {}) const;
    /// The same as plain text, e.g. for a card.
    std::string plain_text(std::string_view key, const Arguments& arguments = {}) const;

    ResponseBuilder respond() const { return {}; }
    ResponseBuilder speak(std::string_view ssml) const;

private:
    const Localization& localization() const;

    RequestEnvelope envelope_;
    Invocation invocation_;
    std::shared_ptr<const SkillServices> services_;
    json::object request_attributes_;
    std::optional<PersistentAttributes> persistent_attributes_;
};

}  // namespace symbolon::skill
