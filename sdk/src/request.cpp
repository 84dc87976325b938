#include "symbolon/skill/request.hpp"

#include "json_read.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <string_view>
#include <utility>

namespace symbolon::skill {
namespace {

ConfirmationStatus confirmation_of(const json::object& in) {
    const std::string text = text_or_empty(in, "confirmationStatus");
    if (text.empty() || text == "NONE") return ConfirmationStatus::none;
    if (text == "CONFIRMED") return ConfirmationStatus::confirmed;
    if (text == "DENIED") return ConfirmationStatus::denied;
    return ConfirmationStatus::other;
}

DialogState dialog_state_of(const json::object& in) {
    const std::string text = text_or_empty(in, "dialogState");
    if (text.empty()) return DialogState::absent;
    if (text == "STARTED") return DialogState::started;
    if (text == "IN_PROGRESS") return DialogState::in_progress;
    if (text == "COMPLETED") return DialogState::completed;
    return DialogState::other;
}

ResolutionStatus resolution_status_of(const json::object& authority) {
    const auto* status = find_object(authority, "status");
    const std::string code = status == nullptr ? std::string{} : text_or_empty(*status, "code");
    if (code == "ER_SUCCESS_MATCH") return ResolutionStatus::match;
    if (code == "ER_SUCCESS_NO_MATCH") return ResolutionStatus::no_match;
    if (code == "ER_ERROR_TIMEOUT") return ResolutionStatus::timeout;
    if (code == "ER_ERROR_EXCEPTION") return ResolutionStatus::exception;
    return ResolutionStatus::other;
}

EndReason end_reason_of(const json::object& in) {
    const std::string text = text_or_empty(in, "reason");
    if (text == "USER_INITIATED") return EndReason::user_initiated;
    if (text == "ERROR") return EndReason::error;
    if (text == "EXCEEDED_MAX_REPROMPTS") return EndReason::exceeded_max_reprompts;
    return EndReason::other;
}

std::vector<ResolvedValue> values_of(const json::object& authority) {
    std::vector<ResolvedValue> values;
    const auto* list = find_array(authority, "values");
    if (list == nullptr) return values;
    for (const auto& item : *list) {
        const auto* holder = item.if_object();
        const auto* value = holder == nullptr ? nullptr : find_object(*holder, "value");
        if (value != nullptr) values.push_back({text_or_empty(*value, "name"), text_or_empty(*value, "id")});
    }
    return values;
}

std::vector<Resolution> resolutions_of(const json::object& slot) {
    std::vector<Resolution> resolutions;
    const auto* holder = find_object(slot, "resolutions");
    const auto* list = holder == nullptr ? nullptr : find_array(*holder, "resolutionsPerAuthority");
    if (list == nullptr) return resolutions;
    for (const auto& item : *list) {
        if (const auto* authority = item.if_object()) {
            resolutions.push_back(
                {text_or_empty(*authority, "authority"), resolution_status_of(*authority), values_of(*authority)});
        }
    }
    return resolutions;
}

Intent intent_of(const json::object& request) {
    Intent intent;
    const auto* in = find_object(request, "intent");
    if (in == nullptr) throw MalformedRequest("an IntentRequest without an intent");
    intent.name = text_or_empty(*in, "name");
    intent.confirmation = confirmation_of(*in);
    const auto* slots = find_object(*in, "slots");
    if (slots == nullptr) return intent;
    for (const auto& [key, value] : *slots) {
        const auto* slot = value.if_object();
        if (slot == nullptr) continue;
        const std::string name(key.data(), key.size());
        intent.slots[name] = {name, find_text(*slot, "value"), confirmation_of(*slot), resolutions_of(*slot)};
    }
    return intent;
}

SessionEndedRequest session_ended_of(const json::object& request) {
    SessionEndedRequest ended{end_reason_of(request), {}, {}};
    if (const auto* error = find_object(request, "error")) {
        ended.error_type = text_or_empty(*error, "type");
        ended.error_message = text_or_empty(*error, "message");
    }
    return ended;
}

Request request_of(const json::object& in) {
    Request request;
    request.type = text_or_empty(in, "type");
    if (request.type.empty()) throw MalformedRequest("the request has no type");
    request.request_id = text_or_empty(in, "requestId");
    request.timestamp = text_or_empty(in, "timestamp");
    request.locale = text_or_empty(in, "locale");
    if (request.type == "LaunchRequest") request.content = LaunchRequest{};
    if (request.type == "IntentRequest") request.content = IntentRequest{intent_of(in), dialog_state_of(in)};
    if (request.type == "SessionEndedRequest") request.content = session_ended_of(in);
    return request;
}

std::optional<AccessToken> find_token(const json::object& in, std::string_view name) {
    auto text = find_text(in, name);
    if (!text) return std::nullopt;
    return AccessToken(std::move(*text));
}

System system_of(const json::object& context) {
    System system;
    const auto* in = find_object(context, "System");
    if (in == nullptr) return system;
    if (const auto* application = find_object(*in, "application")) {
        system.application_id = text_or_empty(*application, "applicationId");
    }
    if (const auto* user = find_object(*in, "user")) {
        system.user = {text_or_empty(*user, "userId"), find_token(*user, "accessToken")};
    }
    if (const auto* person = find_object(*in, "person")) {
        system.person = Person{text_or_empty(*person, "personId"), find_token(*person, "accessToken")};
    }
    if (const auto* device = find_object(*in, "device")) {
        const auto* interfaces = find_object(*device, "supportedInterfaces");
        system.device =
            Device{text_or_empty(*device, "deviceId"), interfaces == nullptr ? json::object{} : *interfaces};
    }
    system.api_endpoint = text_or_empty(*in, "apiEndpoint");
    system.api_access_token = find_token(*in, "apiAccessToken");
    return system;
}

Session session_of(const json::object& in) {
    const auto* is_new = in.if_contains("new");
    const auto* attributes = find_object(in, "attributes");
    return {is_new != nullptr && is_new->is_bool() && is_new->get_bool(), text_or_empty(in, "sessionId"),
            attributes == nullptr ? json::object{} : *attributes};
}

}  // namespace

std::optional<ResolvedValue> Slot::find_resolved() const {
    for (const auto& resolution : resolutions) {
        if (resolution.status == ResolutionStatus::match && !resolution.values.empty()) return resolution.values[0];
    }
    return std::nullopt;
}

RequestEnvelope RequestEnvelope::parse(json::object raw) {
    RequestEnvelope envelope;
    const auto* request = find_object(raw, "request");
    if (request == nullptr) throw MalformedRequest("the envelope has no request");
    envelope.version = text_or_empty(raw, "version");
    envelope.request = request_of(*request);
    if (const auto* session = find_object(raw, "session")) envelope.session = session_of(*session);
    if (const auto* context = find_object(raw, "context")) envelope.system = system_of(*context);
    envelope.raw = std::move(raw);
    return envelope;
}

const json::object& RequestEnvelope::request_json() const {
    return raw.at("request").as_object();
}

}  // namespace symbolon::skill
