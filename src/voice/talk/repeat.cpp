#include "voice/talk/repeat.hpp"

#include "voice/models/json_read.hpp"

#include <array>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// Where a document carries the person's token: users of requests, scopes and the grantee of directives.
constexpr std::array<std::string_view, 2> users{"/session/user", "/context/System/user"};
constexpr std::array<std::string_view, 3> scopes{"/directive/payload/scope", "/directive/endpoint/scope",
                                                 "/directive/payload/grantee"};

json::object* object_at(json::value& whole, std::string_view pointer) {
    json::error_code absent;
    auto* found = whole.find_pointer(pointer, absent);
    return found != nullptr ? found->if_object() : nullptr;
}

}  // namespace

json::object repeated(const json::object& logged, const Repeat& repeat) {
    json::value out(logged);
    if (auto* request = object_at(out, "/request")) {
        (*request)["requestId"] = "amzn1.echo-api.request." + repeat.uuid;
        (*request)["timestamp"] = to_iso8601(repeat.at);
    }
    if (auto* header = object_at(out, "/directive/header")) (*header)["messageId"] = repeat.uuid;
    if (auto* system = object_at(out, "/context/System")) system->erase("apiAccessToken");  // a fresh one is added
    for (const auto pointer : users) {
        auto* user = object_at(out, pointer);
        if (user == nullptr) continue;
        user->erase("accessToken");
        if (!repeat.access_token.empty()) (*user)["accessToken"] = repeat.access_token;
    }
    for (const auto pointer : scopes) {
        if (auto* scope = object_at(out, pointer)) (*scope)["token"] = repeat.access_token;
    }
    return std::move(out.get_object());
}

std::string endpoint_for(const Skill& skill, const json::object& body) {
    if (body.contains("directive")) return skill.smart_home_endpoint();
    const auto* request = object_of(body, "request");
    const bool event = request != nullptr && text_of(*request, "type").starts_with("AlexaSkillEvent.");
    return event ? skill.events_endpoint() : skill.endpoint();
}

std::string token_in(const json::object& body) {
    json::value whole(body);
    for (const auto pointer : users) {
        const auto* user = object_at(whole, pointer);
        if (user != nullptr && user->contains("accessToken")) return text_of(*user, "accessToken");
    }
    for (const auto pointer : scopes) {
        const auto* scope = object_at(whole, pointer);
        if (scope != nullptr && scope->contains("token")) return text_of(*scope, "token");
    }
    return {};
}

}  // namespace symbolon::voice
