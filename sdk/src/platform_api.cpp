#include "symbolon/skill/platform_api.hpp"

#include "symbolon/skill/ssml.hpp"

#include "base/encoding.hpp"
#include "codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::skill {
namespace {

const System& system_of(const Input& in) {
    return in.envelope().context.system;
}

/// The token goes to this address, so it may not travel in the clear but within this machine, and nothing may hide the
/// host that it goes to.
bool is_safe(std::string_view endpoint) {
    const auto scheme = endpoint.find("://");
    if (scheme == std::string_view::npos) return false;
    const auto host = endpoint.substr(scheme + 3);
    const bool is_plain = !host.empty() && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == ':';
    });
    const bool is_local = host.starts_with("127.0.0.1:") || host.starts_with("localhost:");
    return is_plain && (endpoint.starts_with("https://") || (endpoint.starts_with("http://") && is_local));
}

ApiFailure failure_of(int status) {
    switch (status) {
        case 401:
            return ApiFailure::unauthorized;
        case 403:
            return ApiFailure::no_permission;
        case 404:
            return ApiFailure::not_found;
        case 429:
            return ApiFailure::limited;
        default:
            return ApiFailure::unavailable;
    }
}

std::string device_path(const Input& in, std::string_view version, std::string_view setting) {
    const auto& device = system_of(in).device;
    if (!device || device->device_id.empty()) throw ApiError(ApiFailure::not_found, "the request names no device");
    return '/' + std::string(version) + "/devices/" + percent_encode(device->device_id) + "/settings/" +
           std::string(setting);
}

std::string profile_path(Whose whose, std::string_view account_member, std::string_view person_member) {
    return whose == Whose::account ? "/v2/accounts/~current/settings/Profile." + std::string(account_member)
                                   : "/v2/persons/~current/profile/" + std::string(person_member);
}

json::object to_object(std::optional<json::value> answer) {
    if (!answer) return {};
    if (!answer->is_object()) throw ApiError(ApiFailure::unavailable, "the answer is no JSON object");
    return std::move(answer->get_object());
}

}  // namespace

PlatformApi::PlatformApi(PlatformApiOptions options) : options_(std::move(options)) {}

HttpResponse PlatformApi::send(const Input& in, FetchRequest request) const {
    const auto& system = system_of(in);
    if (!system.api_access_token) throw ApiError(ApiFailure::unauthorized, "the request brings no token for the API");
    if (!is_safe(system.api_endpoint)) throw ApiError(ApiFailure::unavailable, "the API's address is not https");
    request.url = system.api_endpoint + request.url;
    request.headers.emplace_back("Authorization", "Bearer " + system.api_access_token->reveal());
    request.headers.emplace_back("Accept", "application/json");
    request.limit = options_.limit;
    request.ca_file = options_.ca_file;
    HttpResponse answer;
    try {
        answer = options_.fetch(request);
    } catch (const FetchError& error) {
        throw ApiError(ApiFailure::unavailable, error.what());
    }
    if (answer.status == 200 || answer.status == 204) return answer;
    throw ApiError(failure_of(answer.status), "the platform answered " + std::to_string(answer.status));
}

std::optional<json::value> PlatformApi::get(const Input& in, const std::string& path) const {
    const auto answer = send(in, {.url = path});
    if (answer.status == 204 || answer.body.empty()) return std::nullopt;
    boost::system::error_code failure;
    auto value = json::parse(answer.body, failure);
    if (failure) throw ApiError(ApiFailure::unavailable, "the answer is no JSON");
    return value;
}

std::optional<std::string> PlatformApi::get_text(const Input& in, const std::string& path) const {
    const auto value = get(in, path);
    if (!value) return std::nullopt;
    if (!value->is_string()) throw ApiError(ApiFailure::unavailable, "the answer is no JSON text");
    return std::string(value->get_string());
}

Address PlatformApi::device_address(const Input& in) const {
    return codec::read_members<Address>(to_object(get(in, device_path(in, "v1", "address"))));
}

Address PlatformApi::country_and_postal_code(const Input& in) const {
    return codec::read_members<Address>(to_object(get(in, device_path(in, "v1", "address/countryAndPostalCode"))));
}

std::optional<std::string> PlatformApi::name(const Input& in, Whose whose) const {
    return get_text(in, profile_path(whose, "name", "name"));
}

std::optional<std::string> PlatformApi::given_name(const Input& in, Whose whose) const {
    return get_text(in, profile_path(whose, "givenName", "givenName"));
}

std::optional<std::string> PlatformApi::email(const Input& in) const {
    return get_text(in, profile_path(Whose::account, "email", {}));
}

std::optional<PhoneNumber> PlatformApi::mobile_number(const Input& in, Whose whose) const {
    auto answer = to_object(get(in, profile_path(whose, "mobileNumber", "mobileNumber")));
    if (answer.empty()) return std::nullopt;
    return codec::read_members<PhoneNumber>(std::move(answer));
}

std::optional<std::string> PlatformApi::time_zone(const Input& in) const {
    return get_text(in, device_path(in, "v2", "System.timeZone"));
}

void PlatformApi::say_meanwhile(const Input& in, std::string_view ssml) const {
    const json::object directive{{"type", "VoicePlayer.Speak"}, {"speech", wrap_speak(ssml)}};
    const json::object body{{"header", {{"requestId", in.request().request_id}}}, {"directive", directive}};
    send(in, {.method = "POST",
              .url = "/v1/directives",
              .headers = {{"Content-Type", "application/json"}},
              .body = json::serialize(body)});
}

}  // namespace symbolon::skill
