#include "doctor/subject.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <string_view>

namespace symbolon::doctor {

namespace {

bool is_web(std::string_view url) {
    return (url.starts_with("https://") || url.starts_with("http://")) &&
           std::none_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c == 0x7F; });
}

}  // namespace

std::vector<std::string> redirect_uris(const Subject& subject, Platform platform) {
    switch (platform) {
        case Platform::alexa:
        case Platform::smart_home:
        case Platform::alexa_plus:
            if (subject.vendor_id.empty()) return {};
            return {"https://pitangui.amazon.com/api/skill/link/" + subject.vendor_id,
                    "https://layla.amazon.com/api/skill/link/" + subject.vendor_id,
                    "https://alexa.amazon.co.jp/api/skill/link/" + subject.vendor_id};
        case Platform::google:
            if (subject.google_project.empty()) return {};
            return {"https://oauth-redirect.googleusercontent.com/r/" + subject.google_project,
                    "https://oauth-redirect-sandbox.googleusercontent.com/r/" + subject.google_project};
        case Platform::smartthings:
            return {"https://c2c-us.smartthings.com/oauth/callback", "https://c2c-eu.smartthings.com/oauth/callback",
                    "https://c2c-ap.smartthings.com/oauth/callback"};
    }
    return {};
}

std::vector<std::string> redirect_uris(const Subject& subject) {
    std::vector<std::string> out;
    for (const auto platform : subject.platforms) {
        for (auto& uri : redirect_uris(subject, platform)) {
            if (std::find(out.begin(), out.end(), uri) == out.end()) out.push_back(std::move(uri));
        }
    }
    return out;
}

void check_subject(const Subject& subject) {
    const auto need = [](bool good, const char* what) {
        if (!good) throw Error(Errc::invalid_parameter, what);
    };
    need(!subject.platforms.empty(), "No platform is chosen.");
    need(is_web(subject.authorization_url), "The authorization URL is not an http or https URL.");
    need(is_web(subject.token_url), "The token URL is not an http or https URL.");
    need(!subject.client.id.empty(), "The client id is missing.");
    for (const auto* url : {&subject.redirect_uri, &subject.issuer, &subject.user_info_url, &subject.revocation_url,
                            &subject.end_session_url, &subject.privacy_policy_url, &subject.resource_url,
                            &subject.relay_url, &subject.skill.url, &subject.smart_home_url,
                            &subject.smart_home_outage_url, &subject.fulfillment_url, &subject.schema_url}) {
        if (!url->empty() && !is_web(*url)) throw Error(Errc::invalid_parameter, "Not an http or https URL: " + *url);
    }
}

}  // namespace symbolon::doctor
