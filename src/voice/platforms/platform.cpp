#include "voice/platforms/platform.hpp"

#include <algorithm>
#include <array>

namespace symbolon::voice {

namespace {

constexpr std::string_view alexa_path = "/api/skill/link/{id}";
constexpr std::string_view google_path = "/r/{id}";
constexpr std::string_view smartthings_path = "/oauth/callback";
constexpr std::string_view alexa_failure = "We were unable to link {skill} at this time.";
constexpr std::string_view google_failure = "Couldn't update the settings, check your connection.";
constexpr std::string_view smartthings_failure = "Something went wrong. {skill} could not be connected.";

using enum PlatformFamily;

/// The real Alexa tells its regions apart by host; here a prefix does.
constexpr std::array<Platform, 9> all{{
    {"alexa-na", alexa, "Alexa, North America", "https://pitangui.amazon.com", alexa_path, "", false, false, false,
     alexa_failure},
    {"alexa-eu", alexa, "Alexa, Europe", "https://layla.amazon.com", alexa_path, "/eu", false, false, false,
     alexa_failure},
    {"alexa-fe", alexa, "Alexa, Far East", "https://alexa.amazon.co.jp", alexa_path, "/fe", false, false, false,
     alexa_failure},
    {"alexa-plus", alexa, "Alexa+ add-on", "https://pitangui.amazon.com", alexa_path, "/plus", true, false, false,
     alexa_failure},
    {"google", google, "Google", "https://oauth-redirect.googleusercontent.com", google_path, "/google", true, true,
     true, google_failure},
    {"google-sandbox", google, "Google, sandbox", "https://oauth-redirect-sandbox.googleusercontent.com", google_path,
     "/google-sandbox", true, true, true, google_failure},
    {"smartthings-us", smartthings, "SmartThings, America", "https://c2c-us.smartthings.com", smartthings_path,
     "/smartthings-us", false, false, false, smartthings_failure},
    {"smartthings-eu", smartthings, "SmartThings, Europe", "https://c2c-eu.smartthings.com", smartthings_path,
     "/smartthings-eu", false, false, false, smartthings_failure},
    {"smartthings-ap", smartthings, "SmartThings, Asia and Pacific", "https://c2c-ap.smartthings.com", smartthings_path,
     "/smartthings-ap", false, false, false, smartthings_failure},
}};

std::string fill(std::string_view pattern, std::string_view name, std::string_view value) {
    std::string out(pattern);
    if (const auto at = out.find(name); at != std::string::npos) out.replace(at, name.size(), value);
    return out;
}

}  // namespace

std::span<const Platform> platforms() {
    return all;
}

const Platform* find_platform(std::string_view id) {
    const auto* found = std::ranges::find(all, id, &Platform::id);
    return found == all.end() ? nullptr : found;
}

const Platform& platform_or_first(std::string_view id) {
    const auto* found = find_platform(id);
    return found != nullptr ? *found : all.front();
}

std::string redirect_path(const Platform& platform, std::string_view vendor_id) {
    return std::string(platform.own_root) + fill(platform.path, "{id}", vendor_id);
}

std::string genuine_redirect_url(const Platform& platform, std::string_view vendor_id) {
    return std::string(platform.origin) + fill(platform.path, "{id}", vendor_id);
}

std::string failure_sentence(const Platform& platform, std::string_view skill_name) {
    return fill(platform.failure, "{skill}", skill_name);
}

}  // namespace symbolon::voice
