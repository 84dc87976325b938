#include "voice/platforms/manifest_places.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

std::string text_at(const Skill& skill, std::string_view pointer) {
    json::error_code absent;
    const json::value manifest(skill.manifest);
    const auto* found = manifest.find_pointer(pointer, absent);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace

std::string google_fulfillment_url(const Skill& skill) {
    return text_at(skill, "/apis/google/fulfillmentUrl");
}

std::string google_client_id(const Skill& skill) {
    return text_at(skill, "/apis/google/clientId");
}

std::string smartthings_endpoint(const Skill& skill) {
    return text_at(skill, "/apis/smartThings/endpoint/uri");
}

std::string revocation_url(const Skill& skill, const AccountLinking& config) {
    auto url = text_at(skill, "/apis/google/revocationUrl");
    if (!url.empty()) return url;
    url = config.accessTokenUrl.value_or("");
    url = url.substr(0, url.find('?'));
    const auto slash = url.rfind('/');
    return slash == std::string::npos ? std::string{} : url.substr(0, slash) + "/revoke";
}

}  // namespace symbolon::voice
