#pragma once

#include "symbolon/skill/request.hpp"
#include "symbolon/skill/response_builder.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::skill {

/// What a handler gets: the request, the attributes, and a way to answer. Belongs to one request and one thread.
class Input {
public:
    explicit Input(RequestEnvelope envelope);

    const RequestEnvelope& envelope() const { return envelope_; }
    const Request& request() const { return envelope_.request; }
    const std::string& locale() const { return envelope_.request.locale; }
    const std::string& user_id() const { return envelope_.system.user.user_id; }
    /// The token of the linked account; absent when the user has not linked or the link is dead.
    const std::optional<AccessToken>& access_token() const { return envelope_.system.user.access_token; }

    /// True when this is an IntentRequest for the intent `name`, or another request of the type `name`.
    bool is(std::string_view name) const;
    /// The intent; nullptr when the request is not an IntentRequest.
    const Intent* find_intent() const;
    /// What the user said for a slot; nothing when it is not filled. Not escaped.
    std::optional<std::string> find_slot(std::string_view name) const;

    /// What comes back with the next request of this session.
    /// Fails: std::logic_error when the request has no session (skill events, AudioPlayer).
    json::object& session_attributes();
    /// What interceptors and handlers of this one request tell each other.
    json::object& request_attributes() { return request_attributes_; }

    ResponseBuilder respond() const { return {}; }
    ResponseBuilder speak(std::string_view ssml) const;

private:
    RequestEnvelope envelope_;
    json::object request_attributes_;
};

}  // namespace symbolon::skill
