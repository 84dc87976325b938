#include "voice/rest/linking_request.hpp"

#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "voice/models/json_read.hpp"

#include <algorithm>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_entries = 15;
constexpr std::size_t longest_url = 2000;
constexpr std::size_t longest_client_id = 255;

bool is_web_url(std::string_view url) {
    if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
    if (url.size() > longest_url || url.find('#') != std::string_view::npos) return false;
    return std::none_of(url.begin(), url.end(), [](char c) { return c <= 0x20 || c == 0x7F || c == '"' || c == '<'; });
}

bool all_are_urls(const std::optional<std::vector<std::string>>& urls) {
    return !urls || std::ranges::all_of(*urls, is_web_url);
}

bool all_lead_to_urls(const std::optional<std::vector<AuthorizationUrlByPlatform>>& list) {
    return !list || std::ranges::all_of(*list, [](const auto& l) { return is_web_url(l.platformAuthorizationUrl); });
}

bool read_flag(const json::object& in, std::string_view name) {
    const auto* found = in.if_contains(name);
    if (found == nullptr) return false;
    if (found->is_bool()) return found->get_bool();
    return found->is_string() && found->get_string() == "true";
}

}  // namespace

std::vector<LinkingProblem> find_linking_problems(const StoredLinking& linking) {
    const auto& config = linking.config;
    const bool code_grant = config.type == GrantType::AUTH_CODE;
    std::vector<LinkingProblem> out;
    const auto want = [&](bool right, std::string_view member, const char* text) {
        if (!right) out.push_back({member, text});
    };
    constexpr auto web_url = "must be an http or https URL without fragment.";
    constexpr auto few_entries = "may have at most 15 entries.";
    want(is_web_url(config.authorizationUrl), "authorizationUrl", web_url);
    want(!code_grant || is_web_url(config.accessTokenUrl.value_or("")), "accessTokenUrl", web_url);
    want(!config.clientId.empty() && config.clientId.size() <= longest_client_id, "clientId",
         "must have 1 to 255 characters.");
    want(!code_grant || !linking.client_secret.empty(), "clientSecret",
         "is required for the authorization code grant.");
    want(!config.scopes || config.scopes->size() <= most_entries, "scopes", few_entries);
    want(!config.domains || config.domains->size() <= most_entries, "domains", few_entries);
    want(all_are_urls(config.redirectUrls), "redirectUrls", "must be http or https URLs without fragment.");
    want(all_lead_to_urls(config.authorizationUrlsByPlatform), "authorizationUrlsByPlatform", web_url);
    want(!config.reciprocalAccessTokenUrl || is_web_url(*config.reciprocalAccessTokenUrl), "reciprocalAccessTokenUrl",
         web_url);
    want(config.defaultTokenExpirationInSeconds.value_or(0) >= 0, "defaultTokenExpirationInSeconds",
         "must not be negative.");
    return out;
}

StoredLinking read_linking_request(const json::object& in, const std::optional<StoredLinking>& stored) {
    StoredLinking out;
    out.config = decode<AccountLinking>(in);
    out.client_secret = text_of(in, "clientSecret");
    if (out.client_secret.empty() && stored) out.client_secret = stored->client_secret;
    out.skip_on_enablement = read_flag(in, "skipOnEnablement");
    if (!out.config.accessTokenScheme && out.config.type == GrantType::AUTH_CODE) {
        out.config.accessTokenScheme = AccessTokenScheme::HTTP_BASIC;
    }
    const auto problems = find_linking_problems(out);
    if (!problems.empty()) {
        throw Error(Errc::invalid_parameter, std::string(problems.front().member) + " " + problems.front().text);
    }
    return out;
}

}  // namespace symbolon::voice
