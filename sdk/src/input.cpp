#include "symbolon/skill/input.hpp"

#include <stdexcept>
#include <utility>
#include <variant>

namespace symbolon::skill {

Input::Input(RequestEnvelope envelope) : envelope_(std::move(envelope)) {}

bool Input::is(std::string_view name) const {
    const Intent* intent = find_intent();
    return intent == nullptr ? request().type == name : intent->name == name;
}

const Intent* Input::find_intent() const {
    const auto* request = std::get_if<IntentRequest>(&envelope_.request.content);
    return request == nullptr ? nullptr : &request->intent;
}

std::optional<std::string> Input::find_slot(std::string_view name) const {
    const Intent* intent = find_intent();
    if (intent == nullptr) return std::nullopt;
    const auto slot = intent->slots.find(name);
    return slot == intent->slots.end() ? std::nullopt : slot->second.value;
}

json::object& Input::session_attributes() {
    if (!envelope_.session) throw std::logic_error("the request has no session, so it has no session attributes");
    return envelope_.session->attributes;
}

ResponseBuilder Input::speak(std::string_view ssml) const {
    return respond().speak(ssml);
}

}  // namespace symbolon::skill
