#include "voice/platforms/manifest_places.hpp"

#include "voice/models/json_read.hpp"

namespace symbolon::voice {

std::string google_fulfillment_url(const Skill& skill) {
    return text_at(skill.manifest, "/apis/google/fulfillmentUrl");
}

std::string google_client_id(const Skill& skill) {
    return text_at(skill.manifest, "/apis/google/clientId");
}

std::string smartthings_endpoint(const Skill& skill) {
    return text_at(skill.manifest, "/apis/smartThings/endpoint/uri");
}

std::string revocation_url(const Skill& skill, const AccountLinking& config) {
    auto url = text_at(skill.manifest, "/apis/google/revocationUrl");
    if (!url.empty()) return url;
    url = config.accessTokenUrl.value_or("");
    url = url.substr(0, url.find('?'));
    const auto slash = url.rfind('/');
    return slash == std::string::npos ? std::string{} : url.substr(0, slash) + "/revoke";
}

}  // namespace symbolon::voice
