#include "voice/screens/linking_form.hpp"

#include "base/shape/choice.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view lifetime_member = "defaultTokenExpirationInSeconds";

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
            word += c;
        } else if (!word.empty()) {
            out.push_back(std::exchange(word, {}));
        }
    }
    return out;
}

std::string join(const std::optional<std::vector<std::string>>& list, std::string_view separator) {
    std::string out;
    if (!list) return out;
    for (const auto& word : *list) {
        if (!out.empty()) out += separator;
        out += word;
    }
    return out;
}

std::optional<std::int64_t> parse_seconds(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

struct Field {
    std::string_view member;  ///< as the API calls it
    const char* problem;      ///< as the template calls what is wrong with it
};

constexpr std::array<Field, 10> fields{{{"authorizationUrl", "problem_authorization_url"},
                                        {"accessTokenUrl", "problem_access_token_url"},
                                        {"clientId", "problem_client_id"},
                                        {"clientSecret", "problem_client_secret"},
                                        {"scopes", "problem_scopes"},
                                        {"domains", "problem_domains"},
                                        {lifetime_member, "problem_default_expiration"},
                                        {"redirectUrls", "problem_redirect_urls"},
                                        {"authorizationUrlsByPlatform", "problem_app_urls"},
                                        {"reciprocalAccessTokenUrl", "problem_reciprocal_url"}}};

/// Where the platform's app sends people, by platform; "" for none.
std::string app_url(const AccountLinking& config, PlatformType platform) {
    if (!config.authorizationUrlsByPlatform) return {};
    for (const auto& known : *config.authorizationUrlsByPlatform) {
        if (known.platformType == platform) return known.platformAuthorizationUrl;
    }
    return {};
}

std::optional<std::vector<AuthorizationUrlByPlatform>> read_app_urls(const net::Form& form) {
    std::vector<AuthorizationUrlByPlatform> out;
    if (auto url = form.find("iosAuthorizationUrl")) out.push_back({PlatformType::iOS, std::move(*url)});
    if (auto url = form.find("androidAuthorizationUrl")) out.push_back({PlatformType::Android, std::move(*url)});
    return out.empty() ? std::nullopt : std::optional(std::move(out));
}

/// The label stands above: what continued the name of the member is a sentence of its own.
std::string as_sentence(std::string text) {
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

}  // namespace

LinkingForm read_linking_form(const net::Form& form, const std::optional<StoredLinking>& stored) {
    LinkingForm out;
    auto& config = out.linking.config;
    config.type = parse_choice<GrantType>(form.get("type")).value_or(GrantType::AUTH_CODE);
    config.authorizationUrl = form.get("authorizationUrl");
    config.accessTokenUrl = form.find("accessTokenUrl");
    config.clientId = form.get("clientId");
    config.accessTokenScheme =
        parse_choice<AccessTokenScheme>(form.get("accessTokenScheme")).value_or(AccessTokenScheme::HTTP_BASIC);
    config.scopes = words(form.get("scopes"));
    config.domains = words(form.get("domains"));
    if (auto urls = words(form.get("redirectUrls")); !urls.empty()) config.redirectUrls = std::move(urls);
    config.authorizationUrlsByPlatform = read_app_urls(form);
    config.reciprocalAccessTokenUrl = form.find("reciprocalAccessTokenUrl");
    if (form.find("voiceForward")) config.voiceForwardAccountLinking = VoiceForwardAccountLinking::ENABLED;
    out.linking.client_secret = form.find("clientSecret").value_or(stored ? stored->client_secret : std::string{});
    out.linking.skip_on_enablement = form.find("skipOnEnablement").has_value();
    out.lifetime = form.get(lifetime_member);
    config.defaultTokenExpirationInSeconds = parse_seconds(out.lifetime);
    out.problems = find_linking_problems(out.linking);
    if (!out.lifetime.empty() && !config.defaultTokenExpirationInSeconds) {
        out.problems.push_back({lifetime_member, "must be a whole number of seconds."});
    }
    return out;
}

json::object linking_form_context(const std::optional<StoredLinking>& stored, const LinkingForm* refused,
                                  const std::string& action) {
    const StoredLinking shown = refused != nullptr ? refused->linking : stored.value_or(StoredLinking{});
    const auto& config = shown.config;
    const bool implicit = config.type == GrantType::IMPLICIT;
    const bool body = config.accessTokenScheme == AccessTokenScheme::REQUEST_BODY_CREDENTIALS;
    json::object out{{"action", action},
                     {"configured", stored.has_value()},
                     {"grant_code", !implicit},
                     {"grant_implicit", implicit},
                     {"authorization_url", config.authorizationUrl},
                     {"access_token_url", config.accessTokenUrl.value_or("")},
                     {"client_id", config.clientId},
                     {"has_secret", stored && !stored->client_secret.empty()},
                     {"scheme_basic", !body},
                     {"scheme_body", body},
                     {"scopes", join(config.scopes, " ")},
                     {"domains", join(config.domains, "\n")},
                     {"skip_on_enablement", shown.skip_on_enablement},
                     {"redirect_urls", join(config.redirectUrls, "\n")},
                     {"ios_url", app_url(config, PlatformType::iOS)},
                     {"android_url", app_url(config, PlatformType::Android)},
                     {"reciprocal_url", config.reciprocalAccessTokenUrl.value_or("")},
                     {"voice_forward", config.voiceForwardAccountLinking == VoiceForwardAccountLinking::ENABLED}};
    out["has_more"] = config.redirectUrls || config.authorizationUrlsByPlatform || config.reciprocalAccessTokenUrl ||
                      config.voiceForwardAccountLinking;
    const auto seconds = config.defaultTokenExpirationInSeconds;
    out["default_expiration"] = refused != nullptr ? refused->lifetime
                                : seconds          ? std::to_string(*seconds)
                                                   : std::string{};
    if (refused == nullptr) return out;
    for (const auto& [member, text] : refused->problems) {
        const auto field =
            std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.member == member; });
        if (field != fields.end()) out[field->problem] = as_sentence(text);
    }
    return out;
}

}  // namespace symbolon::voice
