#include "symbolon/skill/input.hpp"

#include <stdexcept>
#include <utility>

namespace symbolon::skill {

Input::Input(RequestEnvelope envelope, std::shared_ptr<const SkillServices> services, Invocation invocation)
    : envelope_(std::move(envelope)), invocation_(std::move(invocation)), services_(std::move(services)) {}

bool Input::device_supports(std::string_view interface_name) const {
    const auto& device = envelope_.context.system.device;
    return device && device->supports(interface_name);
}

bool Input::is_new_session() const {
    return envelope_.session && envelope_.session->is_new == true;
}

bool Input::is(std::string_view name) const {
    const Intent* intent = find_intent();
    return intent == nullptr ? request().type == name : intent->name == name;
}

const Intent* Input::find_intent() const {
    const auto* request = find<IntentRequest>();
    return request == nullptr ? nullptr : &request->intent;
}

std::optional<std::string> Input::find_slot(std::string_view name) const {
    const Intent* intent = find_intent();
    const Slot* slot = intent == nullptr ? nullptr : intent->find_slot(name);
    return slot == nullptr ? std::nullopt : slot->value;
}

std::optional<ResolvedValue> Input::find_resolved(std::string_view name) const {
    const Intent* intent = find_intent();
    const Slot* slot = intent == nullptr ? nullptr : intent->find_slot(name);
    return slot == nullptr ? std::nullopt : slot->find_resolved();
}

std::optional<DialogState> Input::dialog_state() const {
    const auto* request = find<IntentRequest>();
    return request == nullptr ? std::nullopt : request->dialog_state;
}

json::object& Input::session_attributes() {
    if (!envelope_.session) throw std::logic_error("the request has no session, so it has no session attributes");
    return envelope_.session->attributes;
}

PersistentAttributes& Input::persistent_attributes() {
    if (!services_ || !services_->persistence) {
        throw std::logic_error("the skill has no persistence: see SkillBuilder::persistence");
    }
    if (!persistent_attributes_) {
        persistent_attributes_.emplace(services_->persistence, services_->partition_key(*this));
    }
    return *persistent_attributes_;
}

const Localization& Input::localization() const {
    if (!services_ || !services_->localization) {
        throw std::logic_error("the skill has no texts: see SkillBuilder::localization");
    }
    return *services_->localization;
}

std::string Input::text(std::string_view key, const Arguments& arguments) const {
    return localization().speech(locale(), key, arguments);
}

std::string Input::plain_text(std::string_view key, const Arguments& arguments) const {
    return localization().plain(locale(), key, arguments);
}

ResponseBuilder Input::speak(std::string_view ssml) const {
    return respond().speak(ssml);
}

}  // namespace symbolon::skill
