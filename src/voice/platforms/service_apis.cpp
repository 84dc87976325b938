#include "voice/platforms/service_apis.hpp"

#include "crypto/jose/jwt.hpp"
#include "net/respond.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/json_read.hpp"
#include "voice/rest/bearer.hpp"
#include "voice/talk/accounts.hpp"
#include "voice/talk/speech.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view issuer = "AlexaSkillKit";
constexpr std::chrono::hours token_life{1};
constexpr int most_directives = 5;
constexpr std::size_t most_requests = 200;
constexpr std::size_t longest_request_id = 255;
constexpr std::size_t longest_speech = 8000;

struct Setting {
    std::string_view name;
    std::string_view permission;
};
constexpr std::array<Setting, 4> profile_settings{{{"Profile.name", "alexa::profile:name:read"},
                                                   {"Profile.givenName", "alexa::profile:given_name:read"},
                                                   {"Profile.email", "alexa::profile:email:read"},
                                                   {"Profile.mobileNumber", "alexa::profile:mobile_number:read"}}};

struct DeviceSetting {
    std::string_view name;
    std::string_view value;
};
constexpr std::array<DeviceSetting, 3> device_settings{
    {{"System.timeZone", "Etc/UTC"}, {"System.distanceUnits", "METRIC"}, {"System.temperatureUnit", "CELSIUS"}}};

net::Response refusal(int status, std::string_view code, std::string_view message) {
    return net::json(status, json::object{{"code", code}, {"message", message}});
}

net::Response token_needed() {
    return refusal(401, "UNAUTHORIZED", "A token of a request to the skill is needed.");
}

net::Response nothing() {
    net::Response response;
    response.status = 204;
    return response;
}

net::Response text_value(const std::string& text) {
    if (text.empty()) return nothing();
    net::Response response;
    response.body = json::serialize(json::value(text));
    response.headers.set("Content-Type", "application/json");
    return response;
}

/// The value of a setting that the assistant knows; "" for the telephone number.
std::string value_of(std::string_view setting, const Account& account) {
    if (setting == "Profile.name") return account.name;
    if (setting == "Profile.givenName") return account.name.substr(0, account.name.find(' '));
    return setting == "Profile.email" ? account.email : std::string{};
}

/// The directive's speech, as an answer has it; an empty object when it is none.
json::object read_speech(const json::object& body) {
    const auto speech = text_at(body, "/directive/speech");
    const bool right = text_at(body, "/directive/type") == "VoicePlayer.Speak" && !speech.empty();
    if (!right || speech.size() > longest_speech) return {};
    const bool ssml = speech.starts_with("<speak>");
    if (ssml && !ssml_problem(speech).empty()) return {};
    return ssml ? json::object{{"type", "SSML"}, {"ssml", speech}}
                : json::object{{"type", "PlainText"}, {"text", speech}};
}

}  // namespace

std::string make_api_token(const Identity& identity, const ApiCaller& caller, Instant now) {
    const json::object claims{{"iss", issuer},
                              {"sub", caller.skill_id},
                              {"iat", to_seconds(now)},
                              {"exp", to_seconds(now + token_life)},
                              {"privateClaims", {{"account", caller.account}}}};
    return crypto::jose::sign_jwt(signing_key(identity), claims, "JWT");
}

std::optional<ApiCaller> read_api_token(const Identity& identity, std::string_view token, Instant now) {
    const auto parsed = crypto::jose::parse_jwt(token);
    if (!parsed || !crypto::jose::verifies(signing_key(identity), *parsed)) return std::nullopt;
    const auto& claims = parsed->claims;
    const auto* expires = claims.if_contains("exp");
    if (text_of(claims, "iss") != issuer || expires == nullptr || !expires->is_int64()) return std::nullopt;
    if (to_seconds(now) >= expires->get_int64()) return std::nullopt;
    return ApiCaller{text_of(claims, "sub"), text_at(claims, "/privateClaims/account")};
}

void ServiceApis::add_routes(net::Router& router) {
    using net::Method;
    using Request = net::Request;
    using Path = net::PathParameters;
    const std::string device = "/v1/devices/{deviceId}/settings/address";
    router.add(Method::post, "/v1/directives", [this](Request request, Path) { return speak(std::move(request)); });
    router.add(Method::get, "/v2/accounts/~current/settings/{setting}",
               [this](Request request, Path path) { return profile(std::move(request), path.at("setting")); });
    router.add(Method::get, device,
               [this](Request request, Path) { return address(std::move(request), "read::alexa:device:all:address"); });
    router.add(Method::get, device + "/countryAndPostalCode", [this](Request request, Path) {
        return address(std::move(request), "read::alexa:device:all:address:country_and_postal_code");
    });
    router.add(Method::get, "/v2/devices/{deviceId}/settings/{setting}",
               [this](Request request, Path path) { return device_setting(std::move(request), path.at("setting")); });
}

std::optional<ApiCaller> ServiceApis::caller_of(const net::Request& request) const {
    return read_api_token(identity_, bearer_of(request), parts_.clock.now());
}

Task<bool> ServiceApis::may(ApiCaller caller, std::string permission) {
    const auto work = [&](db::Transaction& tx) { return Accounts(tx).granted(caller.skill_id, caller.account); };
    const auto granted = co_await parts_.db.read(work);
    co_return std::ranges::find(granted, permission) != granted.end();
}

bool ServiceApis::count_directive(const std::string& request) {
    const std::scoped_lock lock(mutex_);
    auto found = std::ranges::find(answered_, request, &Answered::request);
    if (found == answered_.end()) {
        if (answered_.size() == most_requests) answered_.pop_front();
        found = answered_.insert(answered_.end(), Answered{request, 0});
    }
    return ++found->directives <= most_directives;
}

Task<net::Response> ServiceApis::speak(net::Request request) {
    const auto caller = caller_of(request);
    if (!caller) co_return token_needed();
    json::error_code unreadable;
    const auto value = json::parse(request.body, unreadable);
    const auto* body = unreadable ? nullptr : value.if_object();
    const auto request_id = body != nullptr ? text_at(*body, "/header/requestId") : std::string{};
    auto speech = body != nullptr ? read_speech(*body) : json::object{};
    if (request_id.empty() || request_id.size() > longest_request_id || speech.empty()) {
        co_return refusal(400, "INVALID_REQUEST",
                          "header.requestId and a directive VoicePlayer.Speak with speech are needed.");
    }
    if (!count_directive(caller->skill_id + "|" + request_id)) {
        co_return refusal(429, "TOO_MANY_REQUESTS", "A request may be answered with five directives at most.");
    }
    Exchange heard;
    heard.account = caller->account;
    heard.at_ms = to_ms(parts_.clock.now());
    heard.status = 204;
    heard.response = json::serialize(json::object{{"response", {{"outputSpeech", std::move(speech)}}}});
    const auto work = [&](db::Transaction& tx) { ExchangeLog(tx, parts_.sealer).add(caller->skill_id, heard); };
    co_await parts_.db.write(work);
    co_return nothing();
}

Task<net::Response> ServiceApis::profile(net::Request request, std::string setting) {
    const auto caller = caller_of(request);
    if (!caller) co_return token_needed();
    const auto* known = std::ranges::find(profile_settings, setting, &Setting::name);
    if (known == profile_settings.end()) co_return refusal(404, "NOT_FOUND", "There is no such setting.");
    std::string permission(known->permission);
    const bool granted = co_await may(*caller, std::move(permission));
    if (!granted) co_return refusal(403, "ACCESS_DENIED", "The person did not grant the permission.");
    const auto work = [&](db::Transaction& tx) { return Accounts(tx).find(caller->account); };
    const auto account = co_await parts_.db.read(work);
    co_return text_value(account ? value_of(setting, *account) : std::string{});
}

Task<net::Response> ServiceApis::address(net::Request request, std::string permission) {
    const auto caller = caller_of(request);
    if (!caller) co_return token_needed();
    const bool granted = co_await may(*caller, std::move(permission));
    if (!granted) co_return refusal(403, "ACCESS_DENIED", "The person did not grant the permission.");
    co_return nothing();
}

Task<net::Response> ServiceApis::device_setting(net::Request request, std::string setting) {
    const auto caller = caller_of(request);
    if (!caller) co_return token_needed();
    const auto* known = std::ranges::find(device_settings, setting, &DeviceSetting::name);
    if (known == device_settings.end()) co_return refusal(404, "NOT_FOUND", "There is no such setting.");
    co_return text_value(std::string(known->value));
}

}  // namespace symbolon::voice
