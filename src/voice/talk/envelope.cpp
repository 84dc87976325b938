#include "voice/talk/envelope.hpp"

#include "voice/models/json_read.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view device_id = "amzn1.ask.device.SYMBOLON";

json::object head_of(std::string_view type, const RequestHead& head) {
    return {{"type", type}, {"requestId", head.id}, {"timestamp", to_iso8601(head.at)}, {"locale", head.locale}};
}

struct Interface {
    std::string_view in_manifest;
    std::string_view in_context;
};
constexpr std::array<Interface, 4> interfaces{{{"AUDIO_PLAYER", "AudioPlayer"},
                                               {"VIDEO_APP", "VideoApp"},
                                               {"RENDER_TEMPLATE", "Display"},
                                               {"ALEXA_PRESENTATION_APL", "Alexa.Presentation.APL"}}};

json::object supported_interfaces(const Skill& skill) {
    json::object out;
    for (const auto& known : interfaces) {
        if (!skill.has_interface(known.in_manifest)) continue;
        json::object details;
        if (known.in_context == "Alexa.Presentation.APL") details["runtime"] = json::object{{"maxVersion", "2023.3"}};
        out[known.in_context] = std::move(details);
    }
    return out;
}

json::object permissions_of(const Skill& skill, const Speaker& speaker) {
    json::object scopes;
    for (const auto* permission : objects_of(skill.manifest, "permissions")) {
        const auto name = text_of(*permission, "name");
        const bool granted = std::ranges::find(speaker.granted, name) != speaker.granted.end();
        scopes[name] = json::object{{"status", granted ? "GRANTED" : "DENIED"}};
    }
    return scopes;
}

json::object user_of(const Skill& skill, const Speaker& speaker) {
    json::object user{{"userId", speaker.user_id}};
    if (!speaker.access_token.empty()) user["accessToken"] = speaker.access_token;
    auto scopes = permissions_of(skill, speaker);
    if (!scopes.empty()) user["permissions"] = json::object{{"scopes", std::move(scopes)}};
    return user;
}

}  // namespace

json::object launch_request(const RequestHead& head) {
    return head_of("LaunchRequest", head);
}

json::object intent_request(const RequestHead& head, const SpokenIntent& intent, const std::string& dialog_state) {
    auto out = head_of("IntentRequest", head);
    // The platform says COMPLETED of intents that no dialog is about, too.
    out["dialogState"] = dialog_state.empty() ? "COMPLETED" : dialog_state;
    out["intent"] = intent_json(intent);
    return out;
}

json::object can_fulfill_request(const RequestHead& head, const SpokenIntent& intent) {
    auto out = head_of("CanFulfillIntentRequest", head);
    out["intent"] = intent_json(intent);
    return out;
}

json::object session_ended_request(const RequestHead& head, const std::string& reason, const std::string& error_type,
                                   const std::string& error_message) {
    auto out = head_of("SessionEndedRequest", head);
    out["reason"] = reason;
    if (!error_type.empty()) out["error"] = json::object{{"type", error_type}, {"message", error_message}};
    return out;
}

json::object session_resumed_request(const RequestHead& head, const std::string& token, const Completion& completion) {
    auto out = head_of("SessionResumedRequest", head);
    out["cause"] = json::object{{"type", "ConnectionCompleted"},
                                {"token", token},
                                {"status", {{"code", completion.code}, {"message", completion.message}}},
                                {"result", completion.result}};
    return out;
}

json::object envelope(const Skill& skill, const Speaker& speaker, const Session* session, json::object request,
                      const std::string& api_endpoint) {
    const json::object application{{"applicationId", skill.id}};
    const auto user = user_of(skill, speaker);
    const json::object device{{"deviceId", device_id}, {"supportedInterfaces", supported_interfaces(skill)}};
    json::object system{{"application", application}, {"user", user}};
    if (!speaker.person_id.empty()) system["person"] = json::object{{"personId", speaker.person_id}};
    system["device"] = device;
    system["apiEndpoint"] = api_endpoint;
    json::object out{{"version", "1.0"}};
    if (session != nullptr) {
        out["session"] = json::object{{"new", session->is_new()},
                                      {"sessionId", session->id()},
                                      {"application", application},
                                      {"attributes", session->attributes()},
                                      {"user", user}};
    }
    out["context"] = json::object{{"System", std::move(system)}};
    out["request"] = std::move(request);
    return out;
}

}  // namespace symbolon::voice
