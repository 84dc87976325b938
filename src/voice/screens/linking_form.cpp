#include "voice/screens/linking_form.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"

#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

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

std::optional<std::int64_t> seconds_in(const net::Form& form) {
    const auto text = form.find("defaultTokenExpirationInSeconds");
    if (!text) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (problem != std::errc{} || end != text->data() + text->size()) {
        throw Error(Errc::invalid_parameter, "defaultTokenExpirationInSeconds must be a whole number of seconds.");
    }
    return value;
}

}  // namespace

StoredLinking read_linking_form(const net::Form& form, const std::optional<StoredLinking>& stored) {
    StoredLinking out;
    out.config.type = parse_choice<GrantType>(form.get("type")).value_or(GrantType::AUTH_CODE);
    out.config.authorizationUrl = form.get("authorizationUrl");
    out.config.accessTokenUrl = form.find("accessTokenUrl");
    out.config.clientId = form.get("clientId");
    out.config.accessTokenScheme =
        parse_choice<AccessTokenScheme>(form.get("accessTokenScheme")).value_or(AccessTokenScheme::HTTP_BASIC);
    out.config.scopes = words(form.get("scopes"));
    out.config.domains = words(form.get("domains"));
    out.config.defaultTokenExpirationInSeconds = seconds_in(form);
    if (stored) out.config.redirectUrls = stored->config.redirectUrls;
    out.client_secret = form.find("clientSecret").value_or(stored ? stored->client_secret : std::string{});
    out.skip_on_enablement = form.find("skipOnEnablement").has_value();
    return out;
}

json::object linking_form_context(const std::optional<StoredLinking>& linking, const std::string& action) {
    const AccountLinking config = linking ? linking->config : AccountLinking{};
    const bool implicit = config.type == GrantType::IMPLICIT;
    const bool body = config.accessTokenScheme == AccessTokenScheme::REQUEST_BODY_CREDENTIALS;
    json::object out{{"action", action},
                     {"configured", linking && !linking->etag.empty()},
                     {"grant_code", !implicit},
                     {"grant_implicit", implicit},
                     {"authorization_url", config.authorizationUrl},
                     {"access_token_url", config.accessTokenUrl.value_or("")},
                     {"client_id", config.clientId},
                     {"has_secret", linking && !linking->client_secret.empty()},
                     {"scheme_basic", !body},
                     {"scheme_body", body},
                     {"scopes", join(config.scopes, " ")},
                     {"domains", join(config.domains, "\n")},
                     {"skip_on_enablement", linking && linking->skip_on_enablement}};
    const auto seconds = config.defaultTokenExpirationInSeconds;
    out["default_expiration"] = seconds ? std::to_string(*seconds) : std::string{};
    return out;
}

}  // namespace symbolon::voice
